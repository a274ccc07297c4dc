package io.github.kubewicket.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A refusal that explains itself.
///
/// @param code the machine-readable reason
/// @param message one sentence: what is wrong
/// @param hint what to do next
/// @param rule the rule or budget that decided, such as `budgets.restart.namespace`
/// @param limit the limit, such as `3/1h`
/// @param used how much of it is used
/// @param retryAfter when the same call may succeed
/// @param entry the ledger entry that records the refusal
public record Denial(
    Reason code,
    String message,
    String hint,
    Optional<String> rule,
    Optional<String> limit,
    OptionalLong used,
    Optional<Instant> retryAfter,
    OptionalLong entry) {
  /// A refusal with nothing measured.
  public static Denial of(Reason code, String message, String hint) {
    return new Denial(
        code,
        message,
        hint,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /// The same refusal, decided by this rule.
  public Denial byRule(String name) {
    return new Denial(code, message, hint, Optional.of(name), limit, used, retryAfter, entry);
  }

  /// The same refusal, with what was measured against which limit.
  public Denial measured(String most, long now) {
    return new Denial(
        code, message, hint, rule, Optional.of(most), OptionalLong.of(now), retryAfter, entry);
  }

  /// The same refusal, which may end at this moment.
  public Denial until(Instant at) {
    return new Denial(code, message, hint, rule, limit, used, Optional.of(at), entry);
  }

  /// The same refusal, recorded as this ledger entry.
  public Denial recordedAs(long seq) {
    return new Denial(code, message, hint, rule, limit, used, retryAfter, OptionalLong.of(seq));
  }
}
