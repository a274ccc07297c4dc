package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.guard.Finding;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.cluster.CallTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The way of a change: screened, taken in hand, looked around, screened again, previewed, decided,
/// and only then carried out.
public final class WritePath {
  private static final Logger LOG = LoggerFactory.getLogger(WritePath.class);

  private final Supplier<Gate> gate;
  private final Settler settler;
  private final Undertakings undertakings;
  private final Announcements announcements;
  private final Patience patience;

  /// The gate opens its store at first use.
  ///
  /// @param pause how to wait; a test does not
  public WritePath(
      Supplier<Gate> gate,
      Settler settler,
      Undertakings undertakings,
      Announcements announcements,
      Verification.Pause pause) {
    this.gate = gate;
    this.settler = settler;
    this.undertakings = undertakings;
    this.announcements = announcements;
    this.patience = new Patience(pause);
  }

  /// One call on its way.
  private record Call(
      Request request, ClusterDesk desk, String tool, ChangeClass changeClass, Plan plan) {}

  /// Runs one change to its verdict, to a waiting request or to a refusal.
  Reply run(Request request, ClusterDesk desk, String tool, ChangeClass changeClass, Plan plan) {
    Optional<Denial> refusal = gate.get().screen(request.caller(), tool, plan.namespace());
    if (refusal.isPresent()) {
      return Replies.refused(refusal.get());
    }
    settler.settle(desk.own());
    try {
      return decided(new Call(request, desk, tool, changeClass, plan), Duration.ZERO, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Replies.refused(
          Denial.of(Reason.CANCELLED, "The call was cancelled; nothing was done.", "Call again."));
    }
  }

  /// Where this caller may ask what would happen.
  ///
  /// @param rights what it may see now
  PolicyDesk desk(
      Catalogue catalogue, ClusterDesk desk, Caller caller, Supplier<CallerRights> rights) {
    return new GateDesk(catalogue, gate, desk, caller, rights);
  }

  /// Reads the world and decides.
  ///
  /// @param observed how long the rule's requirements were seen to hold
  /// @param announced whether people have been told
  private Reply decided(Call call, Duration observed, boolean announced)
      throws InterruptedException {
    Change change = CallTime.within(() -> call.desk().workbench().get().take(call.plan()));
    Attempt seen = attempt(call, change).observedFor(observed);
    Attempt attempt = announced ? seen.afterAnnouncement() : seen;
    return switch (gate.get().screen(attempt)) {
      case Gate.Screening.Refused(Denial denial) -> Replies.refused(denial);
      case Gate.Screening.Fit fit when observed.isZero() && !fit.watch().isZero() -> {
        Duration watched = watch(call, attempt, fit.watch());
        yield decided(call, watched, announced);
      }
      case Gate.Screening.Fit fit -> decided(change, call, fit, attempt);
    };
  }

  private Reply decided(Change change, Call call, Gate.Screening.Fit fit, Attempt screened)
      throws InterruptedException {
    Preview preview = change.preview(fit.plannedAt());
    // People hear only of what passed the dry run.
    Attempt attempt = fit.tellFirst() && !screened.announced() ? tellBefore(screened) : screened;
    return switch (gate.get().decide(attempt, preview, fit.plannedAt())) {
      case Verdict.Deny(Denial denial) -> Replies.refused(denial);
      case Verdict.Wait wait -> Replies.waiting(wait);
      case Verdict.Suggest suggest ->
          Proposals.suggested(suggest, attempt.target(), preview, call.plan());
      case Verdict.Shadow shadow -> Proposals.shadowed(shadow, attempt.target(), preview);
      case Verdict.Hold hold -> held(call, attempt, hold);
      case Verdict.Allow allow ->
          await(
              undertakings.begin(
                  new Undertakings.Work(change, call.desk().workbench(), attempt, preview, allow),
                  call.request().progress()));
    };
  }

  /// Looks again and again, for as long as the rule wants its requirements to hold. A look at which
  /// they do not ends it, and the decision says why.
  private Duration watch(Call call, Attempt first, Duration time) throws InterruptedException {
    return patience.wait(
        time,
        call.request().progress(),
        "watching whether it stays so",
        () ->
            gate.get().screen(first.in(around(call, first.target())))
                instanceof Gate.Screening.Fit);
  }

  private Attempt tellBefore(Attempt attempt) {
    return announcements.before(attempt) ? attempt.afterAnnouncement() : attempt;
  }

  /// Announces, waits, and asks everything again; once, so that a call ends whatever the ledger's
  /// clock and other calls do meanwhile.
  private Reply held(Call call, Attempt attempt, Verdict.Hold hold) throws InterruptedException {
    if (attempt.announced()) {
      return Replies.refused(
          Denial.of(
                  Reason.VETO_PENDING,
                  "It has been held back once, and people may still object.",
                  "Call again then.")
              .until(hold.request().createdAt().plus(hold.time())));
    }
    if (!announcements.held(attempt, hold, hold.time())) {
      return Replies.waiting(
          new Verdict.Wait(
              hold.request(),
              List.of(
                  new Finding.Ceiling(
                      Tier.APPROVE,
                      Reason.NOTIFIER_DOWN,
                      "people could not be told, so one has to approve"))));
    }
    // The ledger's clock may go a little slower than the one that wakes sleepers.
    Duration unused =
        patience.wait(
            hold.time().plus(hold.time().dividedBy(100)),
            call.request().progress(),
            "held back, unless somebody objects",
            () -> true);
    return decided(call, attempt.observed(), true);
  }

  private Surroundings around(Call call, Target target) {
    return call.desk().scout().around(target, gate.get().guardrails().context());
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
      LOG.error("a change failed after it had begun", e.getCause());
      return Replies.refused(
          Denial.of(
              Reason.INTERNAL,
              "Something in Kubewicket failed after the change had begun, so it may have been done.",
              "Look at the target before you ask again, and tell an operator; the server's log has"
                  + " the details."));
    }
  }

  private Attempt attempt(Call call, Change change) {
    Plan.Why why = call.plan().why();
    return new Attempt(
            call.request().caller(),
            call.tool(),
            call.changeClass(),
            bound(call.request().arguments()),
            change.target(),
            why.reason(),
            why.trigger(),
            why.confidence(),
            why.approval())
        .askedAs(call.desk().askedAs())
        .in(around(call, change.target()));
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
