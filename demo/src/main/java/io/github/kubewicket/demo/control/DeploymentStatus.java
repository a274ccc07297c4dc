package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The status of a Deployment: counts, and the conditions Available and Progressing
/// (`pkg/controller/deployment/progress.go`).
final class DeploymentStatus {
  private final World world;

  DeploymentStatus(World world) {
    this.world = world;
  }

  void update(Rollout rollout) {
    ObjectNode deployment = rollout.deployment();
    List<ObjectNode> current = rollout.current().map(List::of).orElse(List.of());
    ObjectNode status = Objects.status(deployment);
    int total = Rollout.sum(rollout.sets(), "status", "replicas");
    int available = Rollout.sum(rollout.sets(), "status", "availableReplicas");
    status.put("observedGeneration", Json.number(deployment, 0, "metadata", "generation"));
    Objects.put(status, "replicas", total);
    Objects.put(status, "updatedReplicas", Rollout.sum(current, "status", "replicas"));
    Objects.put(status, "readyReplicas", Rollout.sum(rollout.sets(), "status", "readyReplicas"));
    Objects.put(status, "availableReplicas", available);
    Objects.put(
        status,
        "unavailableReplicas",
        Math.max(0, Rollout.sum(rollout.sets(), "spec", "replicas") - available));
    boolean enough = available >= rollout.desired() - rollout.maxUnavailable();
    condition(
        status,
        "Available",
        enough,
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        enough
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.",
        false);
    progress(rollout, status);
    world.status(DeploymentController.KIND, deployment, status, World.CONTROLLER);
  }

  private void progress(Rollout rollout, ObjectNode status) {
    Optional<ObjectNode> old = condition(status, "Progressing");
    String name = rollout.current().map(Objects::name).orElse("");
    if (Json.flag(rollout.deployment(), "spec", "paused")) {
      ObjectNode condition =
          condition(status, "Progressing", true, "DeploymentPaused", "Deployment is paused", false);
      condition.put("status", "Unknown");
      return;
    }
    int desired = rollout.desired();
    boolean complete =
        Json.number(status, 0, "updatedReplicas") == desired
            && Json.number(status, 0, "replicas") == desired
            && Json.number(status, 0, "availableReplicas") == desired;
    if (complete) {
      String message = "ReplicaSet \"" + name + "\" has successfully progressed.";
      condition(status, "Progressing", true, "NewReplicaSetAvailable", message, false);
    } else if (old.isEmpty()) {
      String message = "Created new replica set \"" + name + "\"";
      condition(status, "Progressing", true, "NewReplicaSetCreated", message, true);
    } else if (late(rollout, status, old.get())) {
      String message = "ReplicaSet \"" + name + "\" has timed out progressing.";
      condition(status, "Progressing", false, "ProgressDeadlineExceeded", message, false);
    } else if (moved(rollout.deployment(), status)) {
      String message = "ReplicaSet \"" + name + "\" is progressing.";
      condition(status, "Progressing", true, "ReplicaSetUpdated", message, true);
    }
  }

  private boolean late(Rollout rollout, ObjectNode status, ObjectNode condition) {
    if (moved(rollout.deployment(), status)) {
      return false;
    }
    String reason = Json.text(condition, "reason");
    int deadline = Json.number(rollout.deployment(), 600, "spec", "progressDeadlineSeconds");
    Instant since = Json.time(condition, "lastUpdateTime").orElse(world.now());
    return reason.equals("ProgressDeadlineExceeded")
        || (!reason.equals("NewReplicaSetAvailable")
            && !world.now().isBefore(since.plusSeconds(deadline)));
  }

  /// Whether pods were added, or old ones went, or became available.
  private static boolean moved(ObjectNode deployment, ObjectNode status) {
    int updated = Json.number(deployment, 0, "status", "updatedReplicas");
    int old = Json.number(deployment, 0, "status", "replicas") - updated;
    int nowUpdated = Json.number(status, 0, "updatedReplicas");
    int nowOld = Json.number(status, 0, "replicas") - nowUpdated;
    return nowUpdated > updated
        || nowOld < old
        || Json.number(status, 0, "readyReplicas")
            > Json.number(deployment, 0, "status", "readyReplicas")
        || Json.number(status, 0, "observedGeneration")
            > Json.number(deployment, 0, "status", "observedGeneration");
  }

  private ObjectNode condition(
      ObjectNode status, String type, boolean state, String reason, String message, boolean touch) {
    boolean same =
        condition(status, type)
            .map(found ->
                Json.text(found, "reason").equals(reason)
                    && Json.text(found, "message").equals(message))
            .orElse(false);
    Objects.condition(status, type, state, reason, message, world.now());
    ObjectNode condition = condition(status, type).orElseThrow();
    if (!same || touch) {
      condition.put("lastUpdateTime", Json.time(world.now()));
    }
    return condition;
  }

  private static Optional<ObjectNode> condition(ObjectNode status, String type) {
    return Json.first(status, found -> Json.text(found, "type").equals(type), "conditions");
  }
}
