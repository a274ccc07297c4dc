package io.github.kubewicket.policy.settings;

import java.time.Duration;

/// How often an agent may try to mend a workload by itself.
///
/// @param max attempts on one workload, of one class, before a person has to decide
/// @param healthyFor how long the workload has to be well for the count to begin anew
public record AttemptSettings(int max, Duration healthyFor) {
  /// Three, and an hour.
  public static final AttemptSettings USUAL = new AttemptSettings(3, Duration.ofHours(1));
}
