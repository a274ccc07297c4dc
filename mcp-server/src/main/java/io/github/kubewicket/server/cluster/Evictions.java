package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.change.Change;

/// Sees whether an evicted pod is gone and replaced.
final class Evictions {
  private Evictions() {}

  /// The old pod must be gone, and its workload complete again.
  static Change.Health health(Sender sender, String podPath, String uid, String workloadPath) {
    if (present(sender, podPath, uid)) {
      return new Change.Health.Progressing(0, 1, "The old pod is still there.");
    }
    return Rollout.at(sender, workloadPath);
  }

  /// Whether the very pod is still there, a namesake not counted.
  static boolean present(Sender sender, String podPath, String uid) {
    try {
      return sender.read(podPath).uid().equals(uid);
    } catch (ClusterException e) {
      if (e.denial().code() == Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
