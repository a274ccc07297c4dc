package io.github.kubewicket.server.cluster;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which revision the pods of a workload are of, as its status tells: is a new one being rolled
/// out? That is another question than whether the pods are well: a pod that crashes in a revision
/// that is out since yesterday is no rollout, and neither is scaling.
public final class Revisions {
  private static final String DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";

  /// Reasons of a Deployment's condition Progressing while a revision is new; with the first
  /// success they give way to NewReplicaSetAvailable, which stays through crashes and scaling.
  private static final Set<String> ON_THE_WAY =
      Set.of("NewReplicaSetCreated", "FoundNewReplicaSet", "ReplicaSetUpdated");

  private Revisions() {}

  /// Whether a new revision is being rolled out. A Deployment that exceeded its progress deadline
  /// is stuck, not on its way.
  ///
  /// @param workload with `spec` and `status`
  public static boolean underWay(JsonNode workload) {
    if (!seen(workload)) {
      return true;
    }
    JsonNode status = workload.path("status");
    return switch (workload.path("kind").asString("")) {
      case "Deployment" -> deploymentUnderWay(workload);
      case "StatefulSet" -> !onDelete(workload) && !same(workload) && oldPods(workload);
      case "DaemonSet" ->
          !onDelete(workload)
              && status.path("updatedNumberScheduled").asInt(0)
                  < status.path("desiredNumberScheduled").asInt(0);
      default -> false;
    };
  }

  /// Whether the controller has seen the newest spec and every pod that is to be of the newest
  /// revision is. With a partition, or where pods become new when somebody deletes them, the others
  /// are not to be.
  public static boolean complete(JsonNode workload) {
    if (!seen(workload) || underWay(workload)) {
      return false;
    }
    JsonNode status = workload.path("status");
    boolean stuck =
        workload.path("kind").asString("").equals("Deployment")
            && status.path("updatedReplicas").asInt(0) < status.path("replicas").asInt(0);
    return !stuck;
  }

  /// Whether the controller has seen the newest spec; true for kinds that do not tell.
  static boolean seen(JsonNode workload) {
    JsonNode status = workload.path("status");
    boolean tells =
        status.has("observedGeneration")
            || workload.path("apiVersion").asString("").startsWith("apps/");
    return !tells
        || status.path("observedGeneration").asLong(0)
            >= workload.path("metadata").path("generation").asLong(0);
  }

  /// Whether a StatefulSet's status names one revision only.
  static boolean same(JsonNode statefulSet) {
    JsonNode status = statefulSet.path("status");
    return status
        .path("currentRevision")
        .asString("")
        .equals(status.path("updateRevision").asString(""));
  }

  /// Whether pods become new only when somebody deletes them.
  static boolean onDelete(JsonNode workload) {
    return workload
        .path("spec")
        .path("updateStrategy")
        .path("type")
        .asString("")
        .equals("OnDelete");
  }

  /// The ordinal below which a StatefulSet's pods stay old.
  static int partition(JsonNode statefulSet) {
    return statefulSet
        .path("spec")
        .path("updateStrategy")
        .path("rollingUpdate")
        .path("partition")
        .asInt(0);
  }

  private static boolean deploymentUnderWay(JsonNode deployment) {
    JsonNode status = deployment.path("status");
    String reason = "";
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("Progressing")) {
        reason = condition.path("reason").asString("");
      }
    }
    if (reason.equals(DEADLINE_EXCEEDED)) {
      return false;
    }
    boolean wanted = deployment.path("spec").path("replicas").asInt(1) > 0;
    return status.path("updatedReplicas").asInt(0) < status.path("replicas").asInt(0)
        || (wanted && ON_THE_WAY.contains(reason));
  }

  /// With a partition, only the pods above it are to be new, and nothing marks the end but their
  /// number.
  private static boolean oldPods(JsonNode statefulSet) {
    int partition = partition(statefulSet);
    JsonNode status = statefulSet.path("status");
    return partition == 0
        || status.path("updatedReplicas").asInt(0) < status.path("replicas").asInt(0) - partition;
  }
}
