package io.github.kubewicket.policy.context;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A workload, as guardrails need it.
///
/// @param kind such as `Deployment`
/// @param name its name
/// @param labels its labels, the pod template's labels included; its own win
/// @param annotations its own annotations
/// @param replicas how many are wanted
/// @param ready how many are ready
/// @param rolloutComplete whether every pod is of the newest revision and the controller has seen
///   the newest spec
/// @param availableSince since when it has been available without interruption, as its condition
///   says; empty while it is not, or where the kind does not say
/// @param restartedAt when somebody restarted it last (`kubectl.kubernetes.io/restartedAt`)
/// @param readinessProbes whether every container has a readiness probe
/// @param livenessProbes whether every container has a liveness probe
/// @param persistentVolumes whether its pods mount PersistentVolumeClaims
public record WorkloadState(
    String kind,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    int replicas,
    int ready,
    boolean rolloutComplete,
    Optional<Instant> availableSince,
    Optional<Instant> restartedAt,
    boolean readinessProbes,
    boolean livenessProbes,
    boolean persistentVolumes) {
  /// Copies the maps.
  public WorkloadState {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
