package io.github.kubewicket.server.context;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// A CronJob that looks like a backup, as far as its next run is to be worked out from it.
///
/// @param name its name
/// @param schedule `spec.schedule` as it stands there
/// @param zone `spec.timeZone`; UTC where it names none, as the controller manager's clock mostly
///   is
/// @param suspended whether it starts nothing at present
/// @param pastRuns its Jobs that ended well and are still there, in no order
/// @param concerns the workloads that a run concerns, as `Kind/name`; empty for the whole namespace
public record CronPlan(
    String name,
    String schedule,
    ZoneId zone,
    boolean suspended,
    List<PastRun> pastRuns,
    Set<String> concerns) {
  /// Copies the collections.
  public CronPlan {
    pastRuns = List.copyOf(pastRuns);
    concerns = Set.copyOf(concerns);
  }

  /// One run that ended well.
  ///
  /// @param start when it began
  /// @param duration how long it took
  public record PastRun(Instant start, Duration duration) {}
}
