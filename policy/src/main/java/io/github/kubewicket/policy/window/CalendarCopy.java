package io.github.kubewicket.policy.window;

import java.time.Duration;
import java.time.Instant;

/// A copy of one calendar, kept as fresh as its source allows.
interface CalendarCopy {
  /// The calendar around this moment.
  ///
  /// @param maxStale how long ago it may have been read
  /// @throws CalendarFault where there is none that may be used
  CalendarSnapshot snapshot(Instant now, Duration maxStale) throws CalendarFault;

  /// Begins to read it, where that takes time.
  void prepare();

  /// Whether so much time lies between two moments; clocks jump, so in either direction.
  static boolean apart(Instant one, Instant other, Duration least) {
    return Duration.between(one, other).abs().compareTo(least) >= 0;
  }
}
