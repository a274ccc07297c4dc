package io.github.kubewicket.policy.settings;

import java.time.Duration;

/// When a caller that is refused again and again is frozen until a person releases it.
///
/// @param denials how many refusals
/// @param window in how long
public record FreezeSettings(int denials, Duration window) {
  /// 20 refusals in ten minutes.
  public static final FreezeSettings USUAL = new FreezeSettings(20, Duration.ofMinutes(10));
}
