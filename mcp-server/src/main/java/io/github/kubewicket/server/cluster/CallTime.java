package io.github.kubewicket.server.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The time that one call has for all its requests together: each alone is bounded, and a call may
/// make several to a cluster that is dying.
public final class CallTime {
  private static final Duration LONGEST = Duration.ofMillis(9_500);
  private static final ScopedValue<Deadline> DEADLINE = ScopedValue.newInstance();

  private CallTime() {}

  /// Runs a call whose requests end within nine and a half seconds; a part of a call within the
  /// call's own.
  public static <T> T within(Supplier<T> call) {
    Deadline deadline = left().orElseGet(() -> Deadline.in(LONGEST));
    return ScopedValue.where(DEADLINE, deadline).call(call::get);
  }

  /// Until when the running call's requests have to end.
  static Optional<Deadline> left() {
    return DEADLINE.isBound() ? Optional.of(DEADLINE.get()) : Optional.empty();
  }
}
