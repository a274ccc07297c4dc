package io.github.kubewicket.policy.settings;

import java.time.Duration;

/// How far acts may reach without a person.
///
/// @param maxIncreasePercent how much a workload may grow over what it had at the start of the
///   period; rounded up
/// @param per the period
/// @param maxReplicas the most replicas that any act may ask for, at every tier
/// @param workloadsPerIncident how many workloads an agent may act on in one incident
/// @param incidentWindow how long an agent's acts count as one incident, where no alert that the
///   server knows names it
/// @param stormPercent from which share of unhealthy workloads in the namespace on nothing is done
///   but suggested; 100 switches it off
/// @param lastReplica whether restarting the only replica needs a person
public record BlastSettings(
    int maxIncreasePercent,
    Duration per,
    int maxReplicas,
    int workloadsPerIncident,
    Duration incidentWindow,
    int stormPercent,
    boolean lastReplica) {
  /// A quarter more in an hour, 20 replicas, one workload an hour, half of the workloads.
  public static final BlastSettings USUAL =
      new BlastSettings(25, Duration.ofHours(1), 20, 1, Duration.ofHours(1), 50, true);
}
