package io.github.kubewicket.server.tools.workload;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.server.catalogue.Input;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.change.Plan;
import tools.jackson.databind.node.ObjectNode;

/// Evicts one pod through the Eviction API, so that PodDisruptionBudgets are honoured and its
/// controller replaces it.
public final class EvictPod implements WriteTool<EvictPod.Args> {
  /// Which pod, and why.
  public record Args(String namespace, String pod, Plan.Why why) {}

  private static final Input<Args> INPUT =
      Input.of(
          values ->
              new Args(
                  values.get(ChangeFields.NAMESPACE),
                  values.get(ChangeFields.POD),
                  ChangeFields.why(values)),
          ChangeFields.NAMESPACE,
          ChangeFields.POD,
          ChangeFields.REASON,
          ChangeFields.TRIGGER,
          ChangeFields.CONFIDENCE,
          ChangeFields.APPROVAL);

  @Override
  public String name() {
    return "evict_pod";
  }

  @Override
  public String title() {
    return "Evict a pod";
  }

  @Override
  public String description() {
    return "Evict one pod so that its controller replaces it, honouring PodDisruptionBudgets, and verify the replacement. May need a person's approval: then repeat the identical call with `approval`.";
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
    return new Plan.Evict(arguments.namespace(), arguments.pod(), arguments.why());
  }
}
