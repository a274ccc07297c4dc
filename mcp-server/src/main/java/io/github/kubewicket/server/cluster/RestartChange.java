package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.WayBack;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A rolling restart, made as kubectl makes it: an annotation on the pod template.
final class RestartChange implements Change {
  private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet");

  private final Sender sender;
  private final Workloads.Located workload;
  private final Target target;
  private Instant plannedAt = Instant.EPOCH;

  RestartChange(Sender sender, Workloads workloads, Plan.Restart plan) {
    this.sender = sender;
    this.workload = workloads.find(plan.namespace(), plan.workload());
    if (!KINDS.contains(workload.kind().kind()) || !workload.kind().group().equals("apps")) {
      throw new ClusterException(
          Reason.HARD_DENY,
          "A " + workload.kind().kind() + " cannot be restarted.",
          "Name a Deployment, StatefulSet or DaemonSet.");
    }
    if (workload.object().json().path("spec").path("paused").asBoolean(false)) {
      throw new ClusterException(
          Reason.NO_CHANGE,
          "The Deployment is paused, so a restart would not roll out.",
          "Hand over to the person who paused it.");
    }
    this.target = workloads.target(workload, workload, plan.namespace(), Optional.empty());
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Preview preview(Instant plannedAt) {
    this.plannedAt = plannedAt;
    Operation operation = operation();
    Sender.Rehearsal rehearsal =
        sender.rehearse(operation, workload.object(), () -> sender.read(workload.path()));
    Diffs.Difference difference =
        Diffs.between(workload.object().json(), rehearsal.answer(), target.workload());
    int pods = pods();
    return new Preview(
        operation.verb(),
        operation.path(),
        operation.contentType(),
        operation.bodyHash(),
        difference.text(),
        difference.hash(),
        new LiveObject(rehearsal.answer()).specHash(),
        Workloads.blastRadius(workload.object(), pods, pods, pods),
        new WayBack.Convergent(),
        rehearsal.warnings());
  }

  @Override
  public Applied apply(Permit permit, Preview preview) {
    return sender.act(operation(), workload.object(), permit, () -> sender.read(workload.path()));
  }

  @Override
  public Health health() {
    return Health.looking(() -> Rollout.at(sender, workload.path()));
  }

  @Override
  public Optional<Plan> inverse() {
    return Optional.empty();
  }

  private int pods() {
    return workload.kind().kind().equals("DaemonSet")
        ? workload.object().status("desiredNumberScheduled")
        : workload.object().spec("replicas", 1);
  }

  private Operation operation() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.withObject("/spec/template/metadata/annotations")
        .put("kubectl.kubernetes.io/restartedAt", plannedAt.toString());
    return new Operation(
        "PATCH",
        workload.path(),
        "application/merge-patch+json",
        body,
        Operation.Preconditions.METADATA);
  }
}
