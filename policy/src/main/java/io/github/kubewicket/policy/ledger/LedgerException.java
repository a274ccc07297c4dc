package io.github.kubewicket.policy.ledger;

/// The ledger could not be read or written. Whoever meets it denies: no entry, no act.
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Says what failed, in one sentence for people.
  public LedgerException(String message) {
    super(message);
  }

  /// Says what failed, and why.
  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
