package io.github.kubewicket.server.call;

import io.github.kubewicket.server.change.Verification.Pause;
import java.time.Duration;

/// Waits within a call, and tells the client that it does. It counts what it has slept, since a
/// wall clock may jump: forwards it would end a hold early, backwards never.
final class Patience {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final Pause pause;

  Patience(Pause pause) {
    this.pause = pause;
  }

  /// What is looked at between two steps.
  interface Look {
    /// Whether waiting goes on.
    boolean goesOn();
  }

  /// Waits for so long, in steps of a tenth of it, 5 seconds at most.
  ///
  /// @return how long was waited, as slept; less than `time` where `look` ended it
  Duration wait(Duration time, Progress progress, String what, Look look)
      throws InterruptedException {
    Duration step =
        time.dividedBy(10).compareTo(STEP) > 0 ? STEP : time.dividedBy(10).plusMillis(1);
    Duration waited = Duration.ZERO;
    while (waited.compareTo(time) < 0) {
      Duration left = time.minus(waited);
      Duration next = left.compareTo(step) < 0 ? left : step;
      pause.waitFor(next);
      waited = waited.plus(next);
      progress.report(waited.toMillis() / 1000.0, time.toMillis() / 1000.0, what);
      if (!look.goesOn()) {
        return waited;
      }
    }
    return waited;
  }
}
