package io.github.kubewicket.demo;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Stands where it is put while the shop gets its history, then follows the real clock.
final class MovableClock implements InstantSource {
  private final InstantSource real;
  private volatile @Nullable Instant fixed;

  MovableClock(InstantSource real) {
    this.real = real;
  }

  @Override
  public Instant instant() {
    Instant held = fixed;
    return held == null ? real.instant() : held;
  }

  void put(Instant instant) {
    fixed = instant;
  }

  void follow() {
    fixed = null;
  }
}
