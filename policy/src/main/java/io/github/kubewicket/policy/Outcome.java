package io.github.kubewicket.policy;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What came of an intent.
///
/// @param result the verdict
/// @param message one sentence for people
/// @param details what was measured: state after, how long it took
public record Outcome(Result result, String message, ObjectNode details) {
  /// How an act ended. Every act ends in one of these.
  public enum Result {
    /// Done, and the workload is healthy.
    VERIFIED,
    /// Done, not healthy in time, and taken back.
    REVERTED,
    /// Done, not healthy in time; a person has to look.
    ESCALATED,
    /// The API server refused it; nothing was done, and the budget is free again.
    REFUSED,
    /// Found after a crash: the change was not made. The budget stays charged.
    NOT_APPLIED,
    /// It is not known whether it was done, or whether it is healthy; the budget stays charged.
    UNKNOWN;

    /// The name as the ledger and replies spell it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether the budgets stay charged.
  boolean charged() {
    return result != Result.REFUSED;
  }
}
