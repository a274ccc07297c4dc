package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ApprovalCheck;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The tier `veto`: a change is announced as a request that people may reject, held back, and goes
/// on when nobody did.
final class Vetoes {
  private final RequestBook requests;

  Vetoes(RequestBook requests) {
    this.requests = requests;
  }

  /// What came of it.
  sealed interface Result {
    /// It does not go on now.
    record Answer(Verdict verdict) implements Result {}

    /// It goes on, by the request of which this is the silence, or the approval.
    record GoesOn(Optional<ApprovalCheck.Result.Approved> approval) implements Result {}
  }

  Result ask(Assessment found, Preview preview, Instant plannedAt, LedgerTransaction tx) {
    Duration hold = found.it().settings().notifier().hold();
    Verdict asked = requests.ask(found, preview, plannedAt, tx);
    if (!(asked instanceof Verdict.Wait(ChangeRequest request, var _))) {
      return new Result.Answer(objected(found, asked));
    }
    if (!request.text("diff").equals(preview.diff())) {
      return new Result.Answer(
          new Verdict.Deny(
              Denial.of(
                  Reason.TARGET_CHANGED,
                  "What would be done is not what was announced any more.",
                  "Look at the target again, then call again.")));
    }
    boolean approved = request.state() == ChangeRequest.State.APPROVED;
    boolean held = !tx.now().isBefore(request.createdAt().plus(hold));
    if (approved && found.it().attempt().approval().isPresent()) {
      return switch (ApprovalCheck.check(found, preview, tx)) {
        case ApprovalCheck.Result.Refused(Denial denial) ->
            new Result.Answer(new Verdict.Deny(denial));
        case ApprovalCheck.Result.Approved by -> new Result.GoesOn(Optional.of(by));
      };
    }
    return found.it().attempt().announced() && held
        ? new Result.GoesOn(
            Optional.of(
                new ApprovalCheck.Result.Approved(request.id(), "nobody objected", "", true)))
        : new Result.Answer(new Verdict.Hold(request, hold));
  }

  private static Verdict objected(Assessment found, Verdict asked) {
    return found.it().attempt().announced()
            && asked instanceof Verdict.Deny(Denial denial)
            && denial.code() == Reason.RECENTLY_REJECTED
        ? new Verdict.Deny(
            Denial.of(
                Reason.VETOED,
                "A person objected, so it is not done.",
                "Do not ask again for the same; hand over to a person."))
        : asked;
  }
}
