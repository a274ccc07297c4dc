package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.Workbench;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The way of a change: screened, taken in hand, screened again, previewed, decided, and only then
/// carried out.
public final class WritePath {
  private final Supplier<Gate> gate;
  private final Supplier<Workbench> workbench;
  private final Settler settler;
  private final Undertakings undertakings;

  /// The gate and the workbench open their stores and connections at first use.
  public WritePath(
      Supplier<Gate> gate,
      Supplier<Workbench> workbench,
      Settler settler,
      Undertakings undertakings) {
    this.gate = gate;
    this.workbench = workbench;
    this.settler = settler;
    this.undertakings = undertakings;
  }

  /// Runs one change to its verdict, to a waiting request or to a refusal.
  Reply run(Request request, String tool, ChangeClass changeClass, Plan plan) {
    Optional<Denial> refusal = gate.get().screen(request.caller(), tool, plan.namespace());
    if (refusal.isPresent()) {
      return Replies.refused(refusal.get());
    }
    settler.settle(workbench);
    Change change = workbench.get().take(plan);
    Attempt attempt = attempt(request, tool, changeClass, plan, change);
    return switch (gate.get().screen(attempt)) {
      case Gate.Screening.Refused(Denial denial) -> Replies.refused(denial);
      case Gate.Screening.Fit fit -> {
        Preview preview = change.preview(fit.plannedAt());
        yield switch (gate.get().decide(attempt, preview, fit.plannedAt())) {
          case Verdict.Deny(Denial denial) -> Replies.refused(denial);
          case Verdict.Wait wait -> Replies.waiting(wait);
          case Verdict.Allow allow ->
              await(undertakings.begin(change, attempt, preview, allow, request.progress()));
        };
      }
    };
  }

  /// Waits for the verdict. A caller that stops waiting does not stop an act that has begun.
  private static Reply await(Future<Reply> verdict) {
    try {
      return verdict.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Replies.refused(
          Denial.of(
              Reason.CANCELLED,
              "The call was cancelled after the change had begun; it is verified and recorded all the same.",
              "Look at the target before you ask again."));
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  private static Attempt attempt(
      Request request, String tool, ChangeClass changeClass, Plan plan, Change change) {
    return new Attempt(
        request.caller(),
        tool,
        changeClass,
        bound(request.arguments()),
        change.target(),
        plan.why().reason(),
        plan.why().trigger(),
        plan.why().confidence(),
        plan.why().approval());
  }

  /// The arguments as an approval binds them: all of them but the approval itself.
  private static ObjectNode bound(JsonNode arguments) {
    ObjectNode bound = JsonNodeFactory.instance.objectNode();
    for (var member : arguments.properties()) {
      if (!member.getKey().equals("approval") && !member.getValue().isNull()) {
        bound.set(member.getKey(), member.getValue());
      }
    }
    return bound;
  }
}
