package io.github.kubewicket.policy.window;

import java.time.Instant;

/// A stretch of time, the end excluded.
public record Span(Instant from, Instant until) {
  /// Whether this moment lies in it.
  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
