package io.github.kubewicket.policy;

import java.util.Locale;

/// How much a rule lets an agent do without a person, from nothing to everything.
public enum Tier {
  /// Refused, whoever approves.
  NEVER,
  /// Done after a person has approved exactly this change.
  APPROVE,
  /// Done at once, inside the budgets.
  AUTO;

  /// The name as `tools.yaml` and the ledger spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
