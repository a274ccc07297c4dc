package io.github.kubewicket.server.cluster;

import io.github.kubewicket.server.change.Change;
import tools.jackson.databind.JsonNode;

/// Reads a workload's status as `kubectl rollout status` does: is everything that is wanted there,
/// new and available?
final class Rollout {
  private Rollout() {}

  /// Reads the workload anew and looks at it.
  static Change.Health at(Sender sender, String path) {
    LiveObject workload = sender.read(path);
    return knowsItsReplicas(workload) ? of(workload) : of(sender.read(path + "/scale"));
  }

  /// A custom resource names its fields as it likes; only its scale subresource says which of them
  /// count replicas.
  private static boolean knowsItsReplicas(LiveObject workload) {
    return workload.apiVersion().startsWith("apps/")
        || workload.apiVersion().equals("v1")
        || (workload.json().path("spec").has("replicas")
            && workload.json().path("status").has("readyReplicas"));
  }

  static Change.Health of(LiveObject workload) {
    if (!Revisions.seen(workload.json())) {
      return new Change.Health.Progressing(0, 0, "The controller has not seen the change yet.");
    }
    return switch (workload.kind()) {
      case "Deployment" -> deployment(workload);
      case "StatefulSet" -> statefulSet(workload);
      case "DaemonSet" -> daemonSet(workload);
      default -> replicas(workload);
    };
  }

  private static Change.Health deployment(LiveObject workload) {
    for (JsonNode condition : workload.json().path("status").path("conditions")) {
      if (condition.path("reason").asString("").equals("ProgressDeadlineExceeded")) {
        return new Change.Health.Failed("The rollout exceeded its progress deadline.");
      }
    }
    int wanted = workload.spec("replicas", 1);
    int available = workload.status("availableReplicas");
    int updated = workload.status("updatedReplicas");
    boolean done =
        updated >= wanted && workload.status("replicas") == updated && available >= updated;
    return health(
        done && updated == wanted,
        Math.min(available, updated),
        wanted,
        "pods updated and available");
  }

  private static Change.Health statefulSet(LiveObject workload) {
    int wanted = workload.spec("replicas", 1);
    int ready = workload.status("readyReplicas");
    boolean current =
        Revisions.partition(workload.json()) > 0
            || Revisions.onDelete(workload.json())
            || Revisions.same(workload.json());
    return health(
        current && ready >= wanted && workload.status("replicas") == wanted,
        Math.min(ready, wanted),
        wanted,
        "pods ready");
  }

  private static Change.Health daemonSet(LiveObject workload) {
    int wanted = workload.status("desiredNumberScheduled");
    int updated = workload.status("updatedNumberScheduled");
    int available = workload.status("numberAvailable");
    return health(
        updated >= wanted && available >= wanted,
        Math.min(updated, available),
        wanted,
        "pods updated and available");
  }

  private static Change.Health replicas(LiveObject workload) {
    int wanted = workload.spec("replicas", 1);
    int ready =
        workload.json().path("status").has("readyReplicas")
            ? workload.status("readyReplicas")
            : workload.status("replicas");
    return health(ready == wanted, ready, wanted, "replicas there");
  }

  private static Change.Health health(boolean done, int ready, int wanted, String what) {
    String message = ready + " of " + wanted + " " + what + ".";
    return done
        ? new Change.Health.Healthy(message)
        : new Change.Health.Progressing(ready, wanted, message);
  }
}
