package io.github.kubewicket.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that a test moves by hand, in both directions.
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /// A clock that stands at this time.
  public ManualClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /// A clock that stands at an ISO 8601 time, such as `2026-01-02T03:04:05Z`.
  public static ManualClock at(String start) {
    return new ManualClock(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves the clock; backwards where the duration is negative.
  public void advance(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }

  /// Sets the clock.
  public void set(Instant time) {
    now.set(time);
  }
}
