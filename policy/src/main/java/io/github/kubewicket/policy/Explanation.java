package io.github.kubewicket.policy;

import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.Finding;
import io.github.kubewicket.policy.rules.Rule;
import java.util.List;
import java.util.Optional;

/// What would happen to a call, and why, guardrail by guardrail.
///
/// @param rule the rule that speaks about it
/// @param tier the tier that is left; [Tier#NEVER] where it is refused
/// @param refusal the first refusal: what the caller would be told
/// @param shadow what is missing until the rule acts, where it is in shadow
/// @param steps what each guardrail found, in their order
public record Explanation(
    Optional<String> rule,
    Tier tier,
    Optional<Denial> refusal,
    Optional<String> shadow,
    List<Assessment.Step> steps) {
  /// Copies the list.
  public Explanation {
    steps = List.copyOf(steps);
  }

  static Explanation of(Assessment found, Optional<String> shadow) {
    return new Explanation(
        found.rule().map(Rule::name), found.tier(), found.refusal(), shadow, found.steps());
  }

  static Explanation refused(Denial denial) {
    return new Explanation(
        Optional.empty(),
        Tier.NEVER,
        Optional.of(denial),
        Optional.empty(),
        List.of(new Assessment.Step("policy", new Finding.Refused(denial))));
  }
}
