package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.Verdict;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.settings.VerifySettings;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.UnderWay;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.change.WayBackWalk;
import io.github.kubewicket.server.change.Workbench;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Carries permitted changes out, each on a thread of its own that no caller can interrupt:
/// applied, verified, taken back where that is needed, and settled in the ledger.
public final class Undertakings {
  private static final Logger LOG = LoggerFactory.getLogger(Undertakings.class);

  private final Supplier<Gate> gate;
  private final Verification verification;
  private final WayBackWalk wayBack;
  private final Supplier<VerifySettings> verify;
  private final UnderWay underWay;
  private final Announcements announcements;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Verifies for as long as the policy says.
  public Undertakings(
      Supplier<Gate> gate,
      Verification verification,
      WayBackWalk wayBack,
      Supplier<VerifySettings> verify,
      UnderWay underWay,
      Announcements announcements) {
    this.gate = gate;
    this.verification = verification;
    this.wayBack = wayBack;
    this.verify = verify;
    this.underWay = underWay;
    this.announcements = announcements;
  }

  /// A change that was let through.
  ///
  /// @param workbench where it is taken back, where that is needed
  record Work(
      Change change,
      Supplier<Workbench> workbench,
      Attempt attempt,
      Preview preview,
      Verdict.Allow allow) {}

  /// Begins; the future ends with the verdict.
  Future<Reply> begin(Work work, Progress progress) {
    String changeId = work.allow().permit().changeId();
    underWay.begin(changeId);
    return threads.submit(() -> {
      try {
        return carryOut(work, progress);
      } finally {
        underWay.end(changeId);
      }
    });
  }

  private Reply carryOut(Work work, Progress progress) throws InterruptedException {
    Verdict.Allow allow = work.allow();
    Attempt attempt = work.attempt();
    Preview preview = work.preview();
    String changeId = allow.permit().changeId();
    return switch (work.change().apply(allow.permit(), preview)) {
      case Change.Applied.Refused(Denial denial) -> {
        settle(changeId, new Outcome(Outcome.Result.REFUSED, denial.message(), empty()));
        yield Replies.refused(denial);
      }
      case Change.Applied.Unclear(String message) -> {
        // Left open on purpose: the settler looks at the object before anything else is done to it.
        LOG.warn("change={} has no clear answer: {}", changeId, message);
        yield verdict(
            attempt,
            preview,
            allow,
            new Outcome(
                Outcome.Result.UNKNOWN,
                "It is not known whether it was done: " + message,
                empty()));
      }
      case Change.Applied.Done() -> {
        Outcome outcome = verified(work, changeId, progress);
        settle(changeId, outcome);
        announcements.after(attempt, allow, outcome);
        yield verdict(attempt, preview, allow, outcome);
      }
    };
  }

  private Outcome verified(Work work, String changeId, Progress progress)
      throws InterruptedException {
    Steps steps = new Steps(progress);
    Verification.Result seen = verification.watch(work.change(), verify.get(), steps::next);
    if (seen.healthy()) {
      return new Outcome(Outcome.Result.VERIFIED, seen.message(), empty());
    }
    return work.change()
        .inverse()
        .map(inverse ->
            wayBack.walk(work.workbench(), changeId, work.change(), inverse, seen.message()))
        .orElseGet(() -> new Outcome(Outcome.Result.ESCALATED, seen.message(), empty()));
  }

  private void settle(String changeId, Outcome outcome) {
    try {
      gate.get().settle(changeId, outcome);
    } catch (LedgerException e) {
      // The intent stays open; the next start, or the next change, looks at the object and settles
      // it.
      LOG.error("change={} has no outcome in the ledger: {}", changeId, e.getMessage());
    }
  }

  private static Reply verdict(
      Attempt attempt, Preview preview, Verdict.Allow allow, Outcome outcome) {
    ObjectNode structured =
        JsonNodeFactory.instance
            .objectNode()
            .put("decision", "allow")
            .put("changeId", allow.permit().changeId())
            .put("result", outcome.result().word())
            .put("message", outcome.message())
            .put("target", attempt.target().describe())
            .put("rule", allow.rule())
            .put("tier", allow.tier().word())
            .put("wayBack", preview.wayBack().word());
    allow.approver().ifPresent(approver -> structured.put("approver", approver));
    structured.set("blastRadius", preview.blastRadius());
    boolean good = outcome.result() == Outcome.Result.VERIFIED;
    return new Reply(
        attempt.tool()
            + " on "
            + attempt.target().describe()
            + ": "
            + outcome.result().word()
            + ". "
            + outcome.message()
            + " (change "
            + allow.permit().changeId()
            + ")"
            + (good ? "" : " Hand over to a person; do not repeat it."),
        structured,
        !good);
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// Counts notifications, since MCP wants progress to grow and readiness may fall.
  private static final class Steps {
    private final Progress progress;
    private double step;

    Steps(Progress progress) {
      this.progress = progress;
    }

    void next(int ready, int wanted) {
      step += 1;
      progress.report(
          step, 0, wanted == 0 ? "waiting for the controller" : ready + " of " + wanted + " ready");
    }
  }
}
