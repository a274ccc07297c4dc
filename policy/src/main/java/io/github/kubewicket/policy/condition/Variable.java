package io.github.kubewicket.policy.condition;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.context.WorkloadState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What a condition can speak about, each by the name that conditions use, and how it is found in
/// [Inputs].
enum Variable {
  /// The target as JSON, redacted.
  OBJECT("object"),
  /// The workload as JSON, redacted.
  WORKLOAD_OBJECT("workloadObject"),
  /// What the call acts on.
  TARGET("target"),
  /// The workload that the target is, or belongs to.
  WORKLOAD("workload"),
  /// The pod, where the call acts on one.
  POD("pod"),
  /// The target's namespace.
  NAMESPACE("namespace"),
  /// What the pod uses; without a pod, the most that any pod of the workload uses.
  USAGE("usage"),
  /// The call's arguments.
  ARGS("args"),
  /// Who calls.
  CALLER("caller"),
  /// Whether the namespace is production.
  PRODUCTION("production"),
  /// The moment of asking.
  NOW("now"),
  /// How the namespace's workloads are doing.
  CROWD("crowd"),
  /// Backups that run or are due.
  BACKUPS("backups"),
  /// Rollouts under way.
  DEPLOYMENTS("deployments"),
  /// Open security incidents.
  INCIDENTS("incidents");

  private final String word;

  Variable(String word) {
    this.word = word;
  }

  /// The name in conditions.
  String word() {
    return word;
  }

  /// The variable of this name.
  static Optional<Variable> named(String word) {
    return Arrays.stream(values()).filter(variable -> variable.word.equals(word)).findFirst();
  }

  /// Its value, in CEL's own types, or why there is none.
  Known<Object> in(Inputs inputs) {
    Surroundings around = inputs.attempt().surroundings();
    return switch (this) {
      case OBJECT -> json(around.object(), "the object was not read");
      case WORKLOAD_OBJECT -> json(around.workloadObject(), "the workload was not read");
      case TARGET -> Known.of(target(inputs.attempt().target()));
      case WORKLOAD -> around.workload().map(Variable::workload);
      case POD -> pod(around.pod());
      case NAMESPACE ->
          around
              .namespace()
              .map(it ->
                  Map.of(
                      "name", inputs.attempt().target().namespace(),
                      "labels", it.labels(),
                      "annotations", it.annotations()));
      case USAGE -> usage(around.usage(), inputs.attempt().target().pod());
      case ARGS -> Known.of(PlainJson.of(inputs.attempt().arguments()));
      case CALLER -> Known.of(inputs.attempt().caller().name());
      case PRODUCTION -> Known.of(inputs.environment() == Environment.PRODUCTION);
      case NOW -> Known.of(inputs.now());
      case CROWD ->
          around
              .crowd()
              .map(it ->
                  Map.of(
                      "workloads", (long) it.workloads(),
                      "unhealthy", (long) it.unhealthy()));
      case BACKUPS -> around.backups().map(Variable::activities);
      case DEPLOYMENTS -> around.deployments().map(Variable::activities);
      case INCIDENTS -> around.incidents().map(Variable::activities);
    };
  }

  private static Known<Object> json(ObjectNode node, String whyEmpty) {
    return node.isEmpty() ? Known.unknown(whyEmpty) : Known.of(PlainJson.of(node));
  }

  private static Map<String, Object> target(Target it) {
    return Map.of(
        "kind", it.kind(),
        "name", it.name(),
        "namespace", it.namespace(),
        "labels", it.labels(),
        "workload", it.workload());
  }

  private static Object workload(WorkloadState it) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", it.kind());
    fields.put("name", it.name());
    fields.put("labels", it.labels());
    fields.put("annotations", it.annotations());
    fields.put("replicas", (long) it.replicas());
    fields.put("ready", (long) it.ready());
    fields.put("rolloutComplete", it.rolloutComplete());
    fields.put("readinessProbes", it.readinessProbes());
    fields.put("livenessProbes", it.livenessProbes());
    fields.put("persistentVolumes", it.persistentVolumes());
    it.availableSince().ifPresent(when -> fields.put("availableSince", when));
    it.restartedAt().ifPresent(when -> fields.put("restartedAt", when));
    return fields;
  }

  private static Known<Object> pod(Known<Optional<PodState>> pod) {
    return switch (pod) {
      case Known.Seen<Optional<PodState>>(Optional<PodState> seen) ->
          seen.map(it -> Known.of(pod(it)))
              .orElseGet(() -> Known.unknown("the call does not act on a pod"));
      case Known.Unknown<Optional<PodState>>(String why) -> Known.unknown(why);
    };
  }

  private static Object pod(PodState it) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", it.name());
    fields.put("annotations", it.annotations());
    fields.put("created", it.created());
    fields.put("ready", it.ready());
    fields.put("restarts", (long) it.restarts());
    fields.put("waiting", it.waiting().orElse(""));
    it.lastTermination().ifPresent(when -> fields.put("lastTermination", when));
    return fields;
  }

  private static Known<Object> usage(Known<Usage> usage, Optional<String> pod) {
    return switch (usage) {
      case Known.Seen<Usage>(Usage(List<Usage.PodUsage> pods)) -> {
        List<Usage.PodUsage> concerned =
            pods.stream().filter(it -> pod.isEmpty() || pod.get().equals(it.pod())).toList();
        yield concerned.isEmpty()
            ? Known.unknown("nothing is measured")
            : Known.of(
                Map.of(
                    "cpuMillis", most(concerned.stream().map(Usage.PodUsage::cpuMillis)),
                    "memoryBytes", most(concerned.stream().map(Usage.PodUsage::memoryBytes))));
      }
      case Known.Unknown<Usage>(String why) -> Known.unknown(why);
    };
  }

  private static long most(Stream<Long> values) {
    return values.mapToLong(Long::longValue).max().orElseThrow();
  }

  private static Object activities(List<Activity> activities) {
    return activities.stream()
        .map(it ->
            Map.<String, Object>of(
                "what", it.what(), "source", it.source(), "predicted", it.predicted()))
        .toList();
  }
}
