package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.WayBack;
import io.github.kubewicket.policy.canonical.Digests;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An eviction of one pod, which its controller replaces. PodDisruptionBudgets have a say.
final class EvictChange implements Change {
  private static final Set<String> REPLACING =
      Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet");

  private final Sender sender;
  private final Workloads.Located pod;
  private final Workloads.Located workload;
  private final Target target;
  private final String evictionVersion;

  EvictChange(
      Sender sender, Workloads workloads, KindInfo pods, String evictions, Plan.Evict plan) {
    this.sender = sender;
    this.evictionVersion = evictions;
    this.pod = workloads.read(pods, plan.namespace(), plan.pod());
    this.workload = workloads.root(pod, plan.namespace());
    if (!REPLACING.contains(workload.kind().kind())) {
      throw new ClusterException(
          Reason.HARD_DENY,
          "No controller would replace the pod "
              + plan.pod()
              + ": it belongs to a "
              + workload.kind().kind()
              + ".",
          "Hand over to a person.");
    }
    if (pod.object().beingDeleted()) {
      throw new ClusterException(
          Reason.NO_CHANGE,
          "The pod " + plan.pod() + " is being deleted already.",
          "Wait for its replacement.");
    }
    this.target =
        workloads.target(pod, workload, plan.namespace(), Optional.of(pod.object().name()));
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Preview preview(Instant plannedAt) {
    Operation operation = operation();
    Sender.Rehearsal rehearsal =
        sender.rehearse(operation, pod.object(), () -> sender.read(pod.path()));
    int replicas =
        workload.kind().kind().equals("DaemonSet")
            ? workload.object().status("desiredNumberScheduled")
            : workload.object().spec("replicas", 1);
    String diff =
        Diffs.unified(
            "pod: "
                + pod.object().name()
                + "\nuid: "
                + pod.object().uid()
                + "\nnode: "
                + pod.object().json().path("spec").path("nodeName").asString("none"),
            "pod: a new one from " + target.workload(),
            "Pod/" + pod.object().name());
    return new Preview(
        operation.verb(),
        operation.path(),
        operation.contentType(),
        operation.bodyHash(),
        diff,
        Digests.sha256(diff.getBytes(StandardCharsets.UTF_8)),
        "",
        Workloads.blastRadius(workload.object(), 1, replicas, replicas),
        new WayBack.Convergent(),
        rehearsal.warnings());
  }

  @Override
  public Applied apply(Permit permit, Preview preview) {
    return sender.act(operation(), pod.object(), permit, () -> sender.read(pod.path()));
  }

  @Override
  public Health health() {
    return Health.looking(
        () -> Evictions.health(sender, pod.path(), target.uid(), workload.path()));
  }

  @Override
  public Optional<Plan> inverse() {
    return Optional.empty();
  }

  private Operation operation() {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", evictionVersion)
            .put("kind", "Eviction");
    body.putObject("metadata")
        .put("name", pod.object().name())
        .put("namespace", target.namespace());
    return new Operation(
        "POST",
        pod.path() + "/eviction",
        "application/json",
        body,
        Operation.Preconditions.DELETE_OPTIONS);
  }
}
