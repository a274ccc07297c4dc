package io.github.kubewicket.policy.context;

import java.util.List;

/// What pods use, as `metrics.k8s.io` tells it.
///
/// @param pods one line for each pod of the workload that is measured
public record Usage(List<PodUsage> pods) {
  /// Copies the list.
  public Usage {
    pods = List.copyOf(pods);
  }

  /// One pod.
  ///
  /// @param pod its name
  /// @param cpuMillis thousandths of a CPU, over all containers
  /// @param memoryBytes over all containers
  public record PodUsage(String pod, long cpuMillis, long memoryBytes) {}
}
