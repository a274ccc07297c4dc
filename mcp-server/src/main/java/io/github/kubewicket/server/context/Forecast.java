package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Works out when a CronJob's backups are due.
@FunctionalInterface
public interface Forecast {
  /// The run that `now` falls into, and the next one within a day; none where none is due. Unknown
  /// where the schedule cannot be understood.
  ///
  /// @param margin how long before and after a run it is taken to run
  Known<List<Activity>> runs(CronPlan plan, Duration margin, Instant now);
}
