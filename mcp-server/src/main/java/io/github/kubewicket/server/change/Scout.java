package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.settings.ContextSettings;

/// Looks around a target, anew each time.
@FunctionalInterface
public interface Scout {
  /// What is supposed to be happening around it. What cannot be seen is said to be unknown; never
  /// throws for that.
  Surroundings around(Target target, ContextSettings settings);
}
