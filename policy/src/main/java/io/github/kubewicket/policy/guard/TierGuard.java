package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;

/// A rule may say never, and it is the first that matches which decides.
final class TierGuard implements Guard {
  @Override
  public String name() {
    return "tier";
  }

  @Override
  public Finding look(Case it) {
    return it.rule().tier() == Tier.NEVER
        ? new Finding.Refused(
            Denial.of(
                    Reason.TIER_NEVER,
                    "The rule " + it.rule().name() + " says never.",
                    "Hand over to a person; no approval lifts this.")
                .byRule(it.rule().name()))
        : new Finding.Ceiling(
            it.rule().tier(),
            Reason.APPROVAL_REQUIRED,
            "the rule " + it.rule().name() + " says " + it.rule().tier().word());
  }
}
