package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;

/// The cluster did not answer as hoped: unreachable, forbidden, not found, refused. It ends in the
/// call path, which turns it into a refusal. Its message never holds a Secret's value or a
/// credential.
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Denial denial;

  /// Says what went wrong, and what to do.
  public ClusterException(Reason code, String message, String hint) {
    super(message, null, false, false);
    this.denial = Denial.of(code, message, hint);
  }

  /// Refuses with these words.
  public ClusterException(Denial denial) {
    super(denial.message(), null, false, false);
    this.denial = denial;
  }

  /// The refusal that the caller gets.
  public Denial denial() {
    return denial;
  }
}
