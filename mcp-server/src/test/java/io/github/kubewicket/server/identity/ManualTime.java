package io.github.kubewicket.server.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock and a ticker that a test moves by hand, together.
final class ManualTime implements InstantSource, Ticker {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public long read() {
    return Duration.between(START, now.get()).toNanos();
  }

  void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }
}
