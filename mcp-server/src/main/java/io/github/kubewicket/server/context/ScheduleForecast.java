package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.window.BackupForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Works out runs from the schedule and from how long they took before.
final class ScheduleForecast implements Forecast {
  @Override
  public Known<List<Activity>> runs(CronPlan plan, Duration margin, Instant now) {
    List<BackupForecast.Run> past =
        plan.pastRuns().stream()
            .map(run -> new BackupForecast.Run(run.start(), run.duration()))
            .toList();
    return BackupForecast.of(
            new BackupForecast.Plan(
                plan.name(), plan.schedule(), plan.zone(), plan.suspended(), past),
            margin,
            now)
        .map(forecast ->
            Stream.of(forecast.current(), forecast.next())
                .flatMap(run -> run.stream())
                .map(run -> concerning(run, plan))
                .toList());
  }

  private static Activity concerning(Activity run, CronPlan plan) {
    return new Activity(
        run.what(), run.source(), run.predicted(), run.from(), run.until(), plan.concerns());
  }
}
