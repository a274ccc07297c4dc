package io.github.kubewicket.server.tools.workload;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.change.Plan;
import tools.jackson.databind.node.ObjectNode;

/// Restarts a workload's pods by its own rolling update, as `kubectl rollout restart` does.
public final class RestartWorkload implements WriteTool<RestartWorkload.Args> {
  /// What to restart, and why.
  public record Args(String namespace, Plan.WorkloadRef workload, Plan.Why why) {}

  private static final Input<Args> INPUT =
      Input.of(
          values ->
              new Args(
                  values.get(ChangeFields.NAMESPACE),
                  ChangeFields.workload(values),
                  ChangeFields.why(values)),
          ChangeFields.NAMESPACE,
          ChangeFields.WORKLOAD,
          ChangeFields.REASON,
          ChangeFields.TRIGGER,
          ChangeFields.CONFIDENCE,
          ChangeFields.APPROVAL);

  @Override
  public String name() {
    return "restart_workload";
  }

  @Override
  public String title() {
    return "Restart a workload";
  }

  @Override
  public String description() {
    return "Restart a Deployment, StatefulSet or DaemonSet by a rolling update and verify it. May need a person's approval: then repeat the identical call with `approval`.";
  }

  @Override
  public Input<Args> input() {
    return INPUT;
  }

  @Override
  public ObjectNode outputSchema() {
    return ChangeFields.outputSchema();
  }

  @Override
  public boolean idempotent() {
    return false;
  }

  @Override
  public ChangeClass changeClass() {
    return ChangeClass.RESTART;
  }

  @Override
  public Plan plan(Args arguments) {
    return new Plan.Restart(arguments.namespace(), arguments.workload(), arguments.why());
  }
}
