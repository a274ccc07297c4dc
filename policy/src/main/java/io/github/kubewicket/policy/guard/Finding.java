package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;

/// What a guardrail finds.
public sealed interface Finding {
  /// Nothing speaks against it.
  ///
  /// @param message what was looked at, in one short sentence
  record Passed(String message) implements Finding {}

  /// It may go on, but at most at this tier.
  ///
  /// @param tier the most that is left
  /// @param reason why, as a code
  /// @param message why, in one sentence
  record Ceiling(Tier tier, Reason reason, String message) implements Finding {}

  /// No.
  record Refused(Denial denial) implements Finding {}
}
