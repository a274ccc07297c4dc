package io.github.kubewicket.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// Lets so many things through in any minute. A clock that was set back begins anew: what it
/// forgets is less harm than what it would keep out for as long as the clock was set back.
final class PerMinute {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int most;
  private final ArrayDeque<Instant> recent = new ArrayDeque<>();

  PerMinute(int most) {
    this.most = most;
  }

  /// Whether one more is let through now; if so, it counts.
  synchronized boolean take(Instant now) {
    recent.removeIf(at -> at.isAfter(now) || at.isBefore(now.minus(MINUTE)));
    if (recent.size() >= most) {
      return false;
    }
    recent.addLast(now);
    return true;
  }
}
