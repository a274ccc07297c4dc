package io.github.kubewicket.server.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Stands where it is put. Whoever waits on it has waited at once.
final class StageClock implements InstantSource {
  private volatile Instant now;

  StageClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void put(Instant instant) {
    now = instant;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }
}
