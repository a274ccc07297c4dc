package io.github.kubewicket.policy.context;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the server itself saw around a target just now: what it is, what holds it, and what is
/// supposed to be happening. Read anew for every call, and again at the act.
///
/// @param seenAt when it was read
/// @param namespace the target's namespace
/// @param workload the workload that the change acts on, or the one that owns the pod
/// @param pod the pod, where the change acts on one
/// @param disruptionBudgets the PodDisruptionBudgets that select the workload's pods
/// @param managers what else decides about the workload's spec: autoscalers, GitOps controllers
/// @param backups backups that run or are due, in the namespace
/// @param deployments rollouts that are under way, in the namespace
/// @param incidents open security incidents that the cluster tells of
/// @param crowd how the namespace's workloads are doing
/// @param usage what the workload's pods use, where the cluster measures it
/// @param services the Services that select the workload's pods, by name
/// @param object the target, redacted, for conditions
/// @param workloadObject the workload, redacted, for conditions
public record Surroundings(
    Instant seenAt,
    Known<NamespaceState> namespace,
    Known<WorkloadState> workload,
    Known<Optional<PodState>> pod,
    Known<List<DisruptionBudget>> disruptionBudgets,
    Known<List<FieldOwner>> managers,
    Known<List<Activity>> backups,
    Known<List<Activity>> deployments,
    Known<List<Activity>> incidents,
    Known<Crowd> crowd,
    Known<Usage> usage,
    Known<List<String>> services,
    ObjectNode object,
    ObjectNode workloadObject) {
  /// Nothing could be seen, for this reason.
  public static Surroundings unseen(Instant at, String why) {
    return new Surroundings(
        at,
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode());
  }
}
