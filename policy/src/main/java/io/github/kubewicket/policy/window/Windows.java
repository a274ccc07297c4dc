package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.guard.Finding;
import java.time.Instant;
import java.util.List;

/// Tells whether windows let an act through.
@FunctionalInterface
public interface Windows {
  /// What the windows say at this moment.
  ///
  /// @param windows all windows of the policy; those that do not concern the act are left out
  Finding look(
      List<Window> windows, Instant now, String namespace, String workloadKind, String tool);
}
