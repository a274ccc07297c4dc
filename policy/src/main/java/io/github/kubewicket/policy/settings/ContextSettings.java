package io.github.kubewicket.policy.settings;

import java.time.Duration;

/// What is looked for around a target before it is changed.
///
/// @param backups whether a backup that runs or is due stops acts
/// @param backupNames a regular expression (RE2) that the names or labels of backups match
/// @param backupReach how far a backup reaches
/// @param predictBackups whether the next backup is worked out from a CronJob's schedule and its
///   past runs
/// @param backupMargin how long before and after a predicted backup nothing is done
/// @param deployments how far a rollout that is under way reaches; it stops acts there
/// @param helm whether Helm's release Secrets are looked at, for which the server needs to list
///   Secrets
/// @param incidents whether an open security incident stops acts
public record ContextSettings(
    boolean backups,
    String backupNames,
    Reach backupReach,
    boolean predictBackups,
    Duration backupMargin,
    Reach deployments,
    boolean helm,
    boolean incidents) {
  /// How far something reaches.
  public enum Reach {
    /// Only workloads that it names, or shares volumes or Secrets with.
    WORKLOAD,
    /// The whole namespace.
    NAMESPACE,
    /// It stops nothing.
    OFF
  }

  /// Everything on; a backup stops its namespace, a rollout its workload.
  public static final ContextSettings USUAL =
      new ContextSettings(
          true,
          "(?i)backup|dump|snapshot",
          Reach.NAMESPACE,
          true,
          Duration.ofMinutes(15),
          Reach.WORKLOAD,
          false,
          true);
}
