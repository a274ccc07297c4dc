package io.github.kubewicket.policy.rules;

import io.github.kubewicket.policy.Environment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a rule asks for besides its tools, places and tier.
///
/// @param callers callers it speaks about: exact names, or beginnings with one trailing `*`; empty
///   means every caller
/// @param environments environments it speaks about; empty means every one
/// @param clusters clusters by name that it speaks about; empty means every one
/// @param when a condition in CEL for the rule to speak at all
/// @param require conditions that must all be true
/// @param approvals how many different people have to approve, 1 to 5
/// @param shadow how long the rule only records what it would have done
/// @param digest `sha256:` over all that the rule says; an edited rule is another rule
public record RuleTerms(
    List<String> callers,
    Set<Environment> environments,
    Set<String> clusters,
    Optional<String> when,
    List<Requirement> require,
    int approvals,
    ShadowTerms shadow,
    String digest) {
  /// A rule that asks for nothing more.
  public static final RuleTerms NONE =
      new RuleTerms(
          List.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          List.of(),
          1,
          ShadowTerms.OFF,
          "sha256:none");

  /// Copies the collections.
  public RuleTerms {
    callers = List.copyOf(callers);
    environments = Set.copyOf(environments);
    clusters = Set.copyOf(clusters);
    require = List.copyOf(require);
  }
}
