package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.settings.VerifySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Watches a change until the target is healthy, has failed, or ran out of time.
public final class Verification {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Pause pause;

  /// How to wait; a test does not.
  public interface Pause {
    /// Waits that long.
    void waitFor(Duration duration) throws InterruptedException;
  }

  /// Who is told how far it has come.
  public interface Watcher {
    /// So many pods of so many are ready.
    void sees(int ready, int wanted);
  }

  /// Verifies by this clock.
  public Verification(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /// How it ended.
  ///
  /// @param healthy whether the target became healthy in time
  /// @param message one sentence with what was seen last
  public record Result(boolean healthy, String message) {}

  /// Looks again and again until there is a result. One look may catch the moment before a
  /// controller has noticed; two in a row, as is usual, do not.
  public Result watch(Change change, VerifySettings settings, Watcher watcher)
      throws InterruptedException {
    Duration timeout = settings.timeout();
    if (!settings.initialDelay().isZero()) {
      pause.waitFor(settings.initialDelay());
    }
    Instant start = clock.instant();
    Duration wait = FIRST_PAUSE;
    String last = "It was not seen at all.";
    int healthy = 0;
    while (true) {
      switch (change.health()) {
        case Change.Health.Healthy(String message) -> {
          healthy += 1;
          if (healthy >= settings.consecutive()) {
            return new Result(true, message);
          }
          last = message;
        }
        case Change.Health.Failed(String message) -> {
          return new Result(false, message);
        }
        case Change.Health.Progressing(int ready, int wanted, String message) -> {
          healthy = 0;
          last = message;
          watcher.sees(ready, wanted);
        }
        case Change.Health.Unseen(String message) -> last = message;
      }
      if (Duration.between(start, clock.instant()).compareTo(timeout) >= 0) {
        return new Result(false, "Not healthy within " + timeout.toSeconds() + " s: " + last);
      }
      pause.waitFor(wait);
      Duration longer = wait.multipliedBy(3).dividedBy(2);
      wait = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }
}
