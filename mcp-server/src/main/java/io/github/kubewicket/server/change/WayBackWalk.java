package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Permit;
import io.github.kubewicket.policy.Preview;
import io.github.kubewicket.policy.ledger.LedgerException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;

/// Takes a change back after its verification failed: once, through a permit of its own, and only
/// if nobody changed the target meanwhile.
public final class WayBackWalk {
  private final Supplier<Gate> gate;
  private final InstantSource clock;

  /// Takes changes back with permits of this gate.
  public WayBackWalk(Supplier<Gate> gate, InstantSource clock) {
    this.gate = gate;
    this.clock = clock;
  }

  /// Does the inverse.
  ///
  /// @param workbench the one at which it was done
  /// @param why what the verification saw
  /// @return `reverted`, or `escalated` with the reason why it could not be taken back
  public Outcome walk(
      Supplier<Workbench> workbench, String changeId, Change done, Plan inverse, String why) {
    Instant now = clock.instant();
    try {
      Change back = workbench.get().take(inverse);
      if (!back.target().uid().equals(done.target().uid())) {
        return escalated(why, "the target is another object now");
      }
      Preview preview = back.preview(now);
      Optional<Permit> permit = gate.get().permitRevert(changeId, back.target(), preview);
      if (permit.isEmpty()) {
        return escalated(why, "the ledger has no room for taking it back");
      }
      return switch (back.apply(permit.get(), preview)) {
        case Change.Applied.Done() -> {
          settle(permit.get(), Outcome.Result.REVERTED, "Taken back: " + why);
          yield outcome(Outcome.Result.REVERTED, why + " It was taken back.");
        }
        case Change.Applied.Refused(Denial denial) -> {
          settle(permit.get(), Outcome.Result.REFUSED, denial.message());
          yield escalated(why, denial.message());
        }
        case Change.Applied.Unclear(String message) -> escalated(why, message);
      };
    } catch (RuntimeException e) {
      return escalated(why, String.valueOf(e.getMessage()));
    }
  }

  private void settle(Permit permit, Outcome.Result result, String message) {
    try {
      gate.get().settle(permit.changeId(), outcome(result, message));
    } catch (LedgerException e) {
      // Stays open; the settler finds it.
      return;
    }
  }

  private static Outcome escalated(String why, String obstacle) {
    return outcome(
        Outcome.Result.ESCALATED, why + " It could not be taken back: " + obstacle + ".");
  }

  private static Outcome outcome(Outcome.Result result, String message) {
    return new Outcome(result, message, JsonNodeFactory.instance.objectNode());
  }
}
