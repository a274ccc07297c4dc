package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.server.change.Plan;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds workloads and their owners, and says what a change of one would touch.
final class Workloads {
  private static final int DEEPEST_OWNER = 5;

  private final Sender sender;
  private final ClusterView view;
  private final ClusterId clusterId;
  private final String clusterName;

  Workloads(Sender sender, ClusterView view, ClusterId clusterId, String clusterName) {
    this.sender = sender;
    this.view = view;
    this.clusterId = clusterId;
    this.clusterName = clusterName;
  }

  /// A live object and the path that it was read from.
  record Located(KindInfo kind, String path, LiveObject object) {}

  /// The workload that a plan names.
  ///
  /// @throws ClusterException `HARD_DENY` where another object owns it, since its owner would undo
  ///   the change
  Located find(String namespace, Plan.WorkloadRef ref) {
    KindInfo kind = view.kind(ref.kind());
    if (!kind.namespaced()) {
      throw new ClusterException(
          Reason.HARD_DENY,
          kind.kind() + " is not a kind of workload.",
          "Name a workload, such as deployment/web.");
    }
    Located found = read(kind, namespace, ref.name());
    found
        .object()
        .controller()
        .ifPresent(owner -> {
          throw new ClusterException(
              Reason.HARD_DENY,
              kind.kind() + "/" + ref.name() + " is managed by " + owned(owner) + ".",
              "Change its owner instead.");
        });
    return found;
  }

  /// One object.
  Located read(KindInfo kind, String namespace, String name) {
    String path = ApiPaths.object(kind, Optional.of(namespace), name);
    return new Located(kind, path, sender.read(path));
  }

  /// The object at the top of the chain of controllers; the object itself where nobody controls it.
  Located root(Located start, String namespace) {
    Located at = start;
    for (int depth = 0; depth < DEEPEST_OWNER; depth++) {
      Optional<JsonNode> owner = at.object().controller();
      if (owner.isEmpty()) {
        return at;
      }
      at = owner(owner.get(), namespace);
    }
    return at;
  }

  private Located owner(JsonNode owner, String namespace) {
    String apiVersion = owner.path("apiVersion").asString("");
    int slash = apiVersion.indexOf('/');
    String kind = owner.path("kind").asString("").toLowerCase(Locale.ROOT);
    Located found =
        read(
            view.kind(slash < 0 ? kind : kind + "." + apiVersion.substring(0, slash)),
            namespace,
            owner.path("name").asString(""));
    if (!found.object().uid().equals(owner.path("uid").asString(""))) {
      throw new ClusterException(
          Reason.NOT_FOUND, "The owner " + owned(owner) + " is gone.", "Look at the pod again.");
    }
    return found;
  }

  /// The target as the gate sees it.
  ///
  /// @param workload the workload that budgets count
  /// @param pod the pod's name where the change acts on one pod
  Target target(Located located, Located workload, String namespace, Optional<String> pod) {
    LiveObject object = located.object();
    return new Target(
        clusterId.get(),
        located.kind().apiVersion(),
        located.kind().kind(),
        namespace,
        object.name(),
        object.uid(),
        object.generation(),
        object.specHash(),
        object.labels(),
        workload.kind().kind() + "/" + workload.object().name(),
        pod,
        clusterName);
  }

  /// What the approver is shown.
  static ObjectNode blastRadius(LiveObject workload, int affected, int before, int after) {
    boolean daemon = workload.kind().equals("DaemonSet");
    ObjectNode radius =
        JsonNodeFactory.instance
            .objectNode()
            .put("podsNow", workload.status(daemon ? "currentNumberScheduled" : "replicas"))
            .put("podsReady", workload.status(daemon ? "numberReady" : "readyReplicas"))
            .put("podsAffected", affected)
            .put("replicasBefore", before)
            .put("replicasAfter", after);
    if (before <= 1 && affected >= before) {
      radius.put("note", "No other replica serves meanwhile.");
    }
    return radius;
  }

  private static String owned(JsonNode owner) {
    return Redaction.text(owner.path("kind").asString("") + "/" + owner.path("name").asString(""));
  }
}
