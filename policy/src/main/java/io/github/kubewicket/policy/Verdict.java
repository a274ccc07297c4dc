package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ChangeRequest;
import java.util.Optional;

/// What the gate decided.
public sealed interface Verdict {
  /// Go ahead, once, with this permit; the intent is in the ledger.
  ///
  /// @param rule the rule that let it through
  /// @param approver who approved it, where somebody had to
  record Allow(Permit permit, String rule, Optional<String> approver) implements Verdict {}

  /// No.
  record Deny(Denial denial) implements Verdict {}

  /// A person has to look first.
  record Wait(ChangeRequest request) implements Verdict {}
}
