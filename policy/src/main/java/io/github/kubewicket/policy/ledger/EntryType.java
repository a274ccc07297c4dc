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
  OUTCOME,
  /// A rule that only suggests spoke; its `subject` is the rule's digest.
  SUGGESTED,
  /// A rule in shadow spoke; its `subject` is the rule's digest.
  SHADOWED,
  /// A rule was seen for the first time; its `subject` is the rule's digest.
  RULE,
  /// A caller was frozen; its `subject` is the caller.
  FROZEN,
  /// A person released a caller, or began a workload's attempts anew; its `subject` is the caller
  /// or the workload.
  RELEASED,
  /// A person paused all writes; its `subject` is `*`.
  PAUSED,
  /// A person let writes go on; its `subject` is `*`.
  RESUMED,
  /// A bearer token was given out; its `subject` is `token:` and the token's id, its `sha256` that
  /// of the secret.
  TOKEN_ISSUED,
  /// A bearer token was taken back; its `subject` is `token:` and the token's id.
  TOKEN_REVOKED;

  /// The name as the ledger's files spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
