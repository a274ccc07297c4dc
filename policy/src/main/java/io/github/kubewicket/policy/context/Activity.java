package io.github.kubewicket.policy.context;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Something that is supposed to be happening, or will be: a backup, a rollout, an incident.
///
/// @param what what it is, such as `Job/nightly-backup-28934`
/// @param source how it was found out, such as `running Job`, `CronJob schedule`, `velero`
/// @param predicted whether it is only due: a window around it was worked out
/// @param from when it began, or begins
/// @param until when it ends, where that is known
/// @param concerns the workloads that it concerns, as `Kind/name`; empty where it concerns the
///   whole namespace
public record Activity(
    String what,
    String source,
    boolean predicted,
    Instant from,
    Optional<Instant> until,
    Set<String> concerns) {
  /// Copies the set.
  public Activity {
    concerns = Set.copyOf(concerns);
  }

  /// Whether it concerns this workload, given as `Kind/name`.
  public boolean concerns(String workload) {
    return concerns.isEmpty() || concerns.contains(workload);
  }
}
