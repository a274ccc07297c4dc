package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.WorkloadState;

/// The only replica of a workload is restarted by a person's decision: nothing serves meanwhile.
final class LastReplicaGuard implements Guard {
  @Override
  public String name() {
    return "last-replica";
  }

  @Override
  public Finding look(Case it) {
    boolean restarts = it.attempt().changeClass() == ChangeClass.RESTART;
    int replicas = it.around().workload().map(WorkloadState::replicas).orElse(1);
    return restarts && it.settings().blast().lastReplica() && replicas <= 1
        ? new Finding.Ceiling(
            Tier.APPROVE, Reason.LAST_REPLICA, "no other replica serves meanwhile")
        : new Finding.Passed(replicas + " replicas are wanted");
  }
}
