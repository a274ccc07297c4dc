package io.github.kubewicket.server.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what happens elsewhere.
final class Wait {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private Wait() {}

  /// Looks again and again until it is so; fails after 90 seconds, which only a stuck cluster
  /// needs.
  static void until(String what, BooleanSupplier so) {
    until(what, LONGEST, so);
  }

  /// Looks again and again until it is so; fails after `longest`.
  static void until(String what, Duration longest, BooleanSupplier so) {
    long end = System.nanoTime() + longest.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("within " + longest.toSeconds() + " s it was not so: " + what);
      }
      pause(Duration.ofMillis(100));
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
