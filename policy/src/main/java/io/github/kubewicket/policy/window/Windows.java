package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.guard.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tells whether windows let an act through.
public interface Windows {
  /// What the windows say at this moment.
  ///
  /// @param windows all windows of the policy; those that do not concern the act are left out
  Finding look(
      List<Window> windows, Instant now, String namespace, String workloadKind, String tool);

  /// When windows begin and end from now on.
  ///
  /// @param horizon how far to look, [CronSchedule#HORIZON] at most
  List<Upcoming> next(List<Window> windows, Instant now, Duration horizon);
}
