package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.guard.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the gate decided.
public sealed interface Verdict {
  /// Go ahead, once, with this permit; the intent is in the ledger.
  ///
  /// @param rule the rule that let it through
  /// @param tier the tier at which it was let through
  /// @param approver who approved it, where somebody had to
  record Allow(Permit permit, String rule, Tier tier, Optional<String> approver)
      implements Verdict {}

  /// No.
  record Deny(Denial denial) implements Verdict {}

  /// A person has to look first.
  ///
  /// @param because why a person has to, where the rule itself would have let it through
  record Wait(ChangeRequest request, List<Finding.Ceiling> because) implements Verdict {
    /// Copies the list.
    public Wait {
      because = List.copyOf(because);
    }
  }

  /// It goes on by itself unless somebody objects: people are to be told, and this much time is to
  /// pass, before everything is asked again.
  ///
  /// @param request what people may approve at once, or reject
  record Hold(ChangeRequest request, Duration time) implements Verdict {}

  /// Nothing is done; a person could do it.
  ///
  /// @param rule the rule that spoke
  /// @param because why only a suggestion is left
  record Suggest(String rule, List<Finding.Ceiling> because) implements Verdict {
    /// Copies the list.
    public Suggest {
      because = List.copyOf(because);
    }
  }

  /// Nothing is done; the rule would have let it through at this tier, and is in shadow.
  ///
  /// @param rule the rule that spoke
  /// @param tier what it would have done
  /// @param left what is missing until it acts, in one sentence
  record Shadow(String rule, Tier tier, String left) implements Verdict {}
}
