package io.github.kubewicket.policy.context;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A pod, as guardrails need it.
///
/// @param name its name
/// @param annotations its annotations
/// @param created when it was created
/// @param ready whether it is ready
/// @param restarts how often its containers were restarted, in all
/// @param lastTermination when a container of it ended last
/// @param waiting why a container waits, such as `CrashLoopBackOff`
public record PodState(
    String name,
    Map<String, String> annotations,
    Instant created,
    boolean ready,
    int restarts,
    Optional<Instant> lastTermination,
    Optional<String> waiting) {
  /// Copies the annotations.
  public PodState {
    annotations = Map.copyOf(annotations);
  }
}
