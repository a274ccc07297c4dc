package io.github.kubewicket.policy.rules;

import java.time.Duration;

/// How long a rule that lets agents act alone only records what it would have done.
///
/// @param minAge how long the rule has to have stood unchanged; 7 days where the file is silent
/// @param minSamples how often it has to have spoken; 5 where the file is silent
public record ShadowTerms(Duration minAge, int minSamples) {
  /// What holds where the file is silent: a week and five samples.
  public static final ShadowTerms USUAL = new ShadowTerms(Duration.ofDays(7), 5);

  /// No shadow: the file says `shadow: off`.
  public static final ShadowTerms OFF = new ShadowTerms(Duration.ZERO, 0);
}
