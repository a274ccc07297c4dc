package io.github.kubewicket.server.tools.workload;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.change.Plan;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/// Sets how many replicas a workload runs.
public final class ScaleWorkload implements WriteTool<ScaleWorkload.Args> {
  /// What to scale, to how many replicas, and why.
  public record Args(String namespace, Plan.WorkloadRef workload, int replicas, Plan.Why why) {}

  private static final Field<Integer> REPLICAS =
      Field.integer("replicas", "Wanted replicas", 0, 1_000).required();

  private static final Input<Args> INPUT =
      Input.of(
          values ->
              new Args(
                  values.get(ChangeFields.NAMESPACE),
                  ChangeFields.workload(values),
                  values.get(REPLICAS),
                  ChangeFields.why(values)),
          ChangeFields.NAMESPACE,
          ChangeFields.WORKLOAD,
          REPLICAS,
          ChangeFields.REASON,
          ChangeFields.TRIGGER,
          ChangeFields.CONFIDENCE,
          ChangeFields.APPROVAL);

  @Override
  public String name() {
    return "scale_workload";
  }

  @Override
  public String title() {
    return "Scale a workload";
  }

  @Override
  public String description() {
    return "Set the replicas of a Deployment, StatefulSet or any kind with a scale subresource, verify it, and put it back if it does not become ready. May need a person's approval: then repeat the identical call with `approval`.";
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
    return true;
  }

  @Override
  public ChangeClass changeClass() {
    return ChangeClass.SCALE;
  }

  @Override
  public Plan plan(Args arguments) {
    return new Plan.Scale(
        arguments.namespace(),
        arguments.workload(),
        arguments.replicas(),
        OptionalInt.empty(),
        arguments.why());
  }
}
