package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Works out when a CronJob's backups are due.
@FunctionalInterface
public interface Forecast {
  /// Nobody works it out, so nobody knows.
  Forecast NONE =
      (plan, margin, now) ->
          plan.suspended()
              ? Known.of(List.of())
              : Known.unknown("CronJob/" + plan.name() + ": its next run is not worked out");

  /// The run that `now` falls into, and the next one; none where none is due. Unknown where the
  /// schedule cannot be understood.
  ///
  /// @param margin how long before and after a run it is taken to run
  Known<List<Activity>> runs(CronPlan plan, Duration margin, Instant now);
}
