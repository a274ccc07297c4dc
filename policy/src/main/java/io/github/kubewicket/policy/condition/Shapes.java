package io.github.kubewicket.policy.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.List;
import java.util.Optional;

/// The CEL types of the [Variable]s. A field that a type does not have is a fault when the policy
/// loads; what stands in `object`, `workloadObject` and `args` is known only at evaluation.
///
/// @param byName the types that CEL has to be told of
@Immutable
record Shapes(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
  private static final CelType LABELS = MapType.create(SimpleType.STRING, SimpleType.STRING);
  private static final CelType JSON = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final CelType ACTIVITY =
      struct(
          "Activity",
          ImmutableMap.of(
              "what", SimpleType.STRING,
              "source", SimpleType.STRING,
              "predicted", SimpleType.BOOL));
  private static final CelType TARGET =
      struct(
          "Target",
          ImmutableMap.of(
              "kind", SimpleType.STRING,
              "name", SimpleType.STRING,
              "namespace", SimpleType.STRING,
              "labels", LABELS,
              "workload", SimpleType.STRING));
  private static final CelType WORKLOAD =
      struct(
          "Workload",
          ImmutableMap.<String, CelType>builder()
              .put("kind", SimpleType.STRING)
              .put("name", SimpleType.STRING)
              .put("labels", LABELS)
              .put("annotations", LABELS)
              .put("replicas", SimpleType.INT)
              .put("ready", SimpleType.INT)
              .put("rolloutComplete", SimpleType.BOOL)
              .put("readinessProbes", SimpleType.BOOL)
              .put("livenessProbes", SimpleType.BOOL)
              .put("persistentVolumes", SimpleType.BOOL)
              .put("availableSince", SimpleType.TIMESTAMP)
              .put("restartedAt", SimpleType.TIMESTAMP)
              .buildOrThrow());
  private static final CelType POD =
      struct(
          "Pod",
          ImmutableMap.of(
              "name", SimpleType.STRING,
              "annotations", LABELS,
              "created", SimpleType.TIMESTAMP,
              "ready", SimpleType.BOOL,
              "restarts", SimpleType.INT,
              "waiting", SimpleType.STRING,
              "lastTermination", SimpleType.TIMESTAMP));
  private static final CelType NAMESPACE =
      struct(
          "Namespace",
          ImmutableMap.of("name", SimpleType.STRING, "labels", LABELS, "annotations", LABELS));
  private static final CelType USAGE =
      struct("Usage", ImmutableMap.of("cpuMillis", SimpleType.INT, "memoryBytes", SimpleType.INT));
  private static final CelType CROWD =
      struct("Crowd", ImmutableMap.of("workloads", SimpleType.INT, "unhealthy", SimpleType.INT));

  /// Every structure that a variable has.
  static Shapes all() {
    ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
    for (CelType type : List.of(TARGET, WORKLOAD, POD, NAMESPACE, USAGE, CROWD, ACTIVITY)) {
      types.put(type.name(), type);
    }
    return new Shapes(types.buildOrThrow());
  }

  /// The type of a variable.
  static CelType of(Variable variable) {
    return switch (variable) {
      case OBJECT, WORKLOAD_OBJECT, ARGS -> JSON;
      case TARGET -> TARGET;
      case WORKLOAD -> WORKLOAD;
      case POD -> POD;
      case NAMESPACE -> NAMESPACE;
      case USAGE -> USAGE;
      case CALLER -> SimpleType.STRING;
      case PRODUCTION -> SimpleType.BOOL;
      case NOW -> SimpleType.TIMESTAMP;
      case CROWD -> CROWD;
      case BACKUPS, DEPLOYMENTS, INCIDENTS -> ListType.create(ACTIVITY);
    };
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return byName.values();
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static CelType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        "kubewicket." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }
}
