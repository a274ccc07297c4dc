package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.Crowd;

/// Where much of a namespace is not well, mending one workload mends nothing: agents may only
/// suggest.
final class StormGuard implements Guard {
  /// Two of three workloads that are down are two faults; a storm takes more.
  private static final int FEWEST = 3;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public Finding look(Case it) {
    int percent = it.settings().blast().stormPercent();
    if (percent >= 100) {
      return new Finding.Passed("storms are not looked for (blastRadius.stormPercent is 100)");
    }
    return Unseen.orRefused(
        it.around().crowd(), "other workloads that are not well", crowd -> judged(crowd, percent));
  }

  private static Finding judged(Crowd crowd, int percent) {
    String seen = crowd.unhealthy() + " of " + crowd.workloads() + " workloads are not well";
    return crowd.unhealthy() >= FEWEST && crowd.unhealthy() * 100 > crowd.workloads() * percent
        ? new Finding.Ceiling(
            Tier.SUGGEST, Reason.STORM, seen + " in the namespace, so the cause lies elsewhere")
        : new Finding.Passed(seen);
  }
}
