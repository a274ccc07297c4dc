package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.WorkloadState;

/// What keeps state is left to a person: a StatefulSet, or anything that mounts a
/// PersistentVolumeClaim.
final class StatefulGuard implements Guard {
  @Override
  public String name() {
    return "stateful";
  }

  @Override
  public Finding look(Case it) {
    String workload = it.attempt().target().workload();
    boolean keepsState =
        isStateful(it) || it.around().workload().map(WorkloadState::persistentVolumes).orElse(true);
    return keepsState
        ? new Finding.Ceiling(
            Tier.APPROVE, Reason.STATEFUL, workload + " keeps state, or could not be seen")
        : new Finding.Passed(workload + " keeps no state");
  }

  static boolean isStateful(Case it) {
    return it.attempt().target().workload().startsWith("StatefulSet/");
  }
}
