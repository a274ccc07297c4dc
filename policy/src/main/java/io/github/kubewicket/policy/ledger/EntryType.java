package io.github.kubewicket.policy.ledger;

import java.util.Locale;

/// What a ledger entry records.
public enum EntryType {
  /// A server process opened the ledger.
  STARTUP,
  /// A change waits for a person; holds the diff, the blast radius and the binding.
  REQUESTED,
  /// A person signed a statement over the binding.
  APPROVED,
  /// A person said no.
  REJECTED,
  /// An approval, or a request, was taken back.
  REVOKED,
  /// The gate said no.
  DENIED,
  /// The act is about to be done; written before the API call, and charges the budgets.
  INTENT,
  /// What came of an intent.
  OUTCOME;

  /// The name as the ledger's files spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
