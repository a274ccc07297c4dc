package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;

/// In production a person decides. A namespace that does not say what it is, or cannot be seen, is
/// production.
final class ProductionGuard implements Guard {
  @Override
  public String name() {
    return "production";
  }

  @Override
  public Finding look(Case it) {
    return it.environment() == Environment.PRODUCTION
        ? new Finding.Ceiling(
            Tier.APPROVE,
            Reason.PRODUCTION,
            "the namespace "
                + it.attempt().target().namespace()
                + " is production, or does not say that it is not")
        : new Finding.Passed("the namespace is not production");
  }
}
