package io.github.kubewicket.policy;

import java.util.Locale;

/// How much a rule lets an agent do without a person, from nothing to everything.
///
/// "Notification only" means two things to people, so it is two tiers: [#SUGGEST] shows what a
/// person could do and does nothing; [#NOTIFY] acts and tells people.
public enum Tier {
  /// Refused, whoever approves.
  NEVER,
  /// Nothing is done; the answer says what a person could do.
  SUGGEST,
  /// Done after a person has approved exactly this change.
  APPROVE,
  /// Announced, held back for a while, looked at again, and done unless somebody objects.
  VETO,
  /// People are told, then it is done, then they are told what came of it.
  NOTIFY,
  /// Done at once, inside the budgets.
  AUTO;

  /// The name as `tools.yaml` and the ledger spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether an agent may act at this tier without a person's yes.
  public boolean isAutonomous() {
    return compareTo(APPROVE) > 0;
  }

  /// The stricter of the two.
  public Tier atMost(Tier ceiling) {
    return compareTo(ceiling) <= 0 ? this : ceiling;
  }
}
