package io.github.kubewicket.policy;

import java.util.concurrent.atomic.AtomicBoolean;

/// Proof that the gate let exactly one change through, and that its intent is durable in the
/// ledger. Only [Gate] makes one; it is good for one use.
public final class Permit {
  private final String changeId;
  private final String operation;
  private final AtomicBoolean used = new AtomicBoolean();

  Permit(String changeId, String operation) {
    this.changeId = changeId;
    this.operation = operation;
  }

  /// The change's id in the ledger, `ch_` and 26 characters.
  public String changeId() {
    return changeId;
  }

  /// Uses the permit for the operation with this digest (see [Operations]).
  ///
  /// @return false when it was used before, or was made for other bytes; the caller must not act
  ///   then
  public boolean use(String operationDigest) {
    return operation.equals(operationDigest) && used.compareAndSet(false, true);
  }
}
