package io.github.kubewicket.server.cluster;

import java.time.Duration;

/// A moment on the JVM's monotonic clock until which something has to be done.
///
/// @param at as [System#nanoTime] counts
record Deadline(long at) {
  /// This long from now.
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// What is left, at least one millisecond, so that it can be a timeout.
  long millisLeft() {
    return Math.max(1, (at - System.nanoTime()) / 1_000_000);
  }

  /// Whether at least this much is left.
  boolean leaves(Duration time) {
    return at - System.nanoTime() > time.toNanos();
  }

  /// The earlier of the two.
  Deadline orSooner(Duration time) {
    return orSooner(in(time));
  }

  /// The earlier of the two.
  Deadline orSooner(Deadline other) {
    return other.at - at < 0 ? other : this;
  }
}
