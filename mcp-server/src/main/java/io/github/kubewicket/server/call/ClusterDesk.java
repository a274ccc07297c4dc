package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.AskedAs;
import io.github.kubewicket.server.change.Scout;
import io.github.kubewicket.server.change.Workbench;
import io.github.kubewicket.server.cluster.ClusterView;
import java.util.Optional;
import java.util.function.Supplier;

/// One cluster as one call has it. What it opens, it opens at its first use.
///
/// @param view what the caller may see
/// @param workbench where the caller's changes are made
/// @param own where the server itself looks at what an earlier process left open
/// @param scout looks around targets for the guardrails, with the server's own account: what a
///   caller may not see must not blind them
/// @param shown looks around targets for the caller, who is shown no more than it may see
/// @param askedAs in whose name Kubernetes is asked; empty for the server's own account
public record ClusterDesk(
    Supplier<ClusterView> view,
    Supplier<Workbench> workbench,
    Supplier<Workbench> own,
    Scout scout,
    Scout shown,
    Optional<AskedAs> askedAs) {
  /// A cluster that is the same for everybody.
  public static ClusterDesk of(
      Supplier<ClusterView> view, Supplier<Workbench> workbench, Scout scout) {
    return new ClusterDesk(view, workbench, workbench, scout, scout, Optional.empty());
  }
}
