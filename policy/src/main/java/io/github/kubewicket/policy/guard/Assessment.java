package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the guardrails made of one call.
///
/// @param it the call, with the rule that speaks about it where there is one
/// @param tier the most that is left; [Tier#NEVER] where it is refused
/// @param steps what each guardrail found, in order
public record Assessment(Case it, Tier tier, List<Step> steps) {
  /// Copies the list.
  public Assessment {
    steps = List.copyOf(steps);
  }

  /// What one guardrail found.
  ///
  /// @param check the guardrail's name
  /// @param finding what it found
  public record Step(String check, Finding finding) {}

  /// The first refusal, if there is one.
  public Optional<Denial> refusal() {
    return steps.stream()
        .flatMap(step ->
            step.finding() instanceof Finding.Refused(Denial denial)
                ? Stream.of(denial)
                : Stream.empty())
        .findFirst();
  }

  /// The rule that speaks about it.
  public Optional<Rule> rule() {
    return it.matched();
  }

  /// Why less is left than the rule says, one ceiling after the other.
  public List<Finding.Ceiling> lowered() {
    Tier ruled = rule().map(Rule::tier).orElse(Tier.NEVER);
    return steps.stream()
        .flatMap(step ->
            step.finding() instanceof Finding.Ceiling ceiling ? Stream.of(ceiling) : Stream.empty())
        .filter(ceiling -> ceiling.tier().compareTo(ruled) < 0)
        .toList();
  }
}
