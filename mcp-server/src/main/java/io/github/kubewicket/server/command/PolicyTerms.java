package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.settings.CallerTerms;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.call.CallerRights;
import java.util.Optional;
import java.util.function.Supplier;

/// What `callers` in `tools.yaml` says of clusters and of impersonation.
///
/// @param policy the policy in force, or the last one that was right; empty where none ever was
record PolicyTerms(Supplier<Optional<Policy>> policy) implements ServedClusters.Terms {
  @Override
  public boolean mayUse(Caller caller, String cluster) {
    return new CallerRights(caller, policy.get()).outOfCluster(cluster).isEmpty();
  }

  @Override
  public Optional<Impersonation> impersonation(Caller caller) {
    return policy
        .get()
        .flatMap(it -> it.callers().termsOf(caller))
        .flatMap(CallerTerms::impersonation);
  }
}
