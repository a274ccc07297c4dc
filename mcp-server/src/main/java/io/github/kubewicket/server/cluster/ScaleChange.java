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
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A change of the replica count through the scale subresource, so that the credentials need no
/// more than that.
final class ScaleChange implements Change {
  private final Sender sender;
  private final Workloads.Located workload;
  private final LiveObject scale;
  private final Plan.Scale plan;
  private final Target target;

  ScaleChange(Sender sender, Workloads workloads, Plan.Scale plan) {
    this.sender = sender;
    this.plan = plan;
    this.workload = workloads.find(plan.namespace(), plan.workload());
    if (!workload.kind().subresources().contains("scale")) {
      throw new ClusterException(
          Reason.HARD_DENY,
          "A " + workload.kind().kind() + " cannot be scaled.",
          "Name a Deployment, a StatefulSet or another kind with a scale subresource.");
    }
    this.scale = sender.read(workload.path() + "/scale");
    this.target = workloads.target(workload, workload, plan.namespace(), Optional.empty());
    int now = scale.spec("replicas", 0);
    if (now == plan.replicas()) {
      throw new ClusterException(
          Reason.NO_CHANGE,
          target.describe() + " has " + now + " replicas already.",
          "Nothing is to be done.");
    }
    if (plan.onlyFrom().isPresent() && plan.onlyFrom().getAsInt() != now) {
      throw new ClusterException(
          Reason.TARGET_CHANGED,
          target.describe() + " has " + now + " replicas by now, so somebody else changed it",
          "Hand over to a person.");
    }
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Preview preview(Instant plannedAt) {
    Operation operation = operation();
    Sender.Rehearsal rehearsal =
        sender.rehearse(operation, workload.object(), () -> sender.read(workload.path()));
    int before = scale.spec("replicas", 0);
    int after = new LiveObject(rehearsal.answer()).spec("replicas", 0);
    Diffs.Difference difference =
        Diffs.between(scale.json(), rehearsal.answer(), target.workload() + " scale");
    return new Preview(
        operation.verb(),
        operation.path(),
        operation.contentType(),
        operation.bodyHash(),
        difference.text(),
        difference.hash(),
        new LiveObject(rehearsal.answer()).specHash(),
        Workloads.blastRadius(workload.object(), Math.abs(after - before), before, after),
        new WayBack.Inverse("replicas back to " + before),
        rehearsal.warnings());
  }

  @Override
  public Applied apply(Permit permit, Preview preview) {
    // The Scale and its workload share UID and resourceVersion, so the workload's state guards
    // both.
    return sender.act(operation(), workload.object(), permit, () -> sender.read(workload.path()));
  }

  @Override
  public Health health() {
    return Health.looking(() -> Rollout.at(sender, workload.path()));
  }

  @Override
  public Optional<Plan> inverse() {
    return Optional.of(
        new Plan.Scale(
            plan.namespace(),
            plan.workload(),
            scale.spec("replicas", 0),
            OptionalInt.of(plan.replicas()),
            plan.why()));
  }

  private Operation operation() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("spec").put("replicas", plan.replicas());
    return new Operation(
        "PATCH",
        workload.path() + "/scale",
        "application/merge-patch+json",
        body,
        Operation.Preconditions.METADATA);
  }
}
