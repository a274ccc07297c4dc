package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.server.catalogue.Bound;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Scout;
import io.github.kubewicket.server.cluster.CallTime;
import io.github.kubewicket.server.cluster.ClusterException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks the gate what it would say to one caller. It takes changes in hand to see their targets,
/// and puts them down again.
final class GateDesk implements PolicyDesk {
  private static final Plan.Why NO_REASON =
      new Plan.Why("", Optional.empty(), OptionalDouble.empty(), Optional.empty());

  private final Catalogue catalogue;
  private final Supplier<Gate> gate;
  private final ClusterDesk desk;
  private final Caller caller;
  private final Supplier<CallerRights> rights;

  GateDesk(
      Catalogue catalogue,
      Supplier<Gate> gate,
      ClusterDesk desk,
      Caller caller,
      Supplier<CallerRights> rights) {
    this.catalogue = catalogue;
    this.gate = gate;
    this.desk = desk;
    this.caller = caller;
    this.rights = rights;
  }

  @Override
  public Explained explain(String tool, ObjectNode arguments) {
    return catalogue
        .find(tool)
        .flatMap(
            found -> found instanceof WriteTool<?> write ? Optional.of(write) : Optional.empty())
        .map(write -> explain(write, arguments))
        .orElseGet(() ->
            new Explained.Refused(
                Replies.refused(
                    Denial.of(
                        Reason.BAD_ARGS,
                        "There is no write tool called " + tool + ".",
                        "The write tools are "
                            + String.join(", ", catalogue.writeTools())
                            + "."))));
  }

  private <A> Explained explain(WriteTool<A> tool, ObjectNode arguments) {
    ObjectNode call = arguments.deepCopy().put("reason", "an explanation");
    return switch (tool.input().bind(call)) {
      case Bound.Invalid<A>(String message) ->
          new Explained.Refused(
              Replies.refused(
                  Denial.of(Reason.BAD_ARGS, message, "Correct the arguments and call again.")));
      case Bound.Ready<A>(A bound) -> {
        Plan plan = tool.plan(bound);
        // Whether the target is there at all is not for everybody to know.
        Optional<Denial> refusal =
            rights.get().refusal(tool).or(() -> rights.get().outOf(plan.namespace()));
        if (refusal.isPresent()) {
          yield new Explained.Refused(Replies.refused(refusal.get()));
        }
        Attempt attempt = attempt(tool.name(), tool.changeClass(), call, plan, desk.scout());
        yield new Explained.Heard(attempt.target(), gate.get().explain(attempt));
      }
    };
  }

  @Override
  public Context context(String namespace, Optional<String> workload, Optional<String> pod) {
    rights
        .get()
        .outOf(namespace)
        .ifPresent(denial -> {
          throw new ClusterException(denial);
        });
    Plan plan =
        pod.<Plan>map(name -> new Plan.Evict(namespace, name, NO_REASON))
            .orElseGet(() -> new Plan.Restart(namespace, ref(workload.orElseThrow()), NO_REASON));
    Attempt attempt =
        attempt(
            "get_context",
            ChangeClass.RESTART,
            JsonNodeFactory.instance.objectNode(),
            plan,
            desk.shown());
    return new Context(attempt.target(), attempt.surroundings(), gate.get().standing(attempt));
  }

  private Attempt attempt(
      String tool, ChangeClass changeClass, ObjectNode arguments, Plan plan, Scout scout) {
    Target target = CallTime.within(() -> desk.workbench().get().take(plan).target());
    Surroundings around = scout.around(target, gate.get().guardrails().context());
    return new Attempt(
            caller,
            tool,
            changeClass,
            arguments,
            target,
            "",
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty())
        .in(around);
  }

  private static Plan.WorkloadRef ref(String workload) {
    int slash = workload.indexOf('/');
    return new Plan.WorkloadRef(
        workload.substring(0, slash).toLowerCase(Locale.ROOT), workload.substring(slash + 1));
  }
}
