package io.github.kubewicket.policy.settings;

import java.time.Duration;

/// How an act is verified.
///
/// @param timeout how long it may take to become healthy
/// @param initialDelay how long nothing is concluded after the act
/// @param consecutive how many looks in a row have to find it healthy
public record VerifySettings(Duration timeout, Duration initialDelay, int consecutive) {
  /// Two minutes, at once, two looks.
  public static final VerifySettings USUAL =
      new VerifySettings(Duration.ofMinutes(2), Duration.ZERO, 2);
}
