package io.github.kubewicket.policy.ledger;

import tools.jackson.databind.node.ObjectNode;

/// A look at the ledger that may also append. Everything it appends becomes durable together, or
/// not at all, and no other process appends meanwhile.
public interface LedgerTransaction extends LedgerView {
  /// Appends an entry. A second `intent` with the same `requestId` is refused by the store itself
  /// (an approval is used once) and ends the transaction with [LedgerException].
  Entry append(EntryType type, ObjectNode body);
}
