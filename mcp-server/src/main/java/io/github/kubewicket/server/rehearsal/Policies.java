package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.rules.Rule;
import java.util.List;

/// Policies that differ in one thing from the one in the file, and have its digest.
final class Policies {
  private Policies() {}

  /// With other people who approve.
  static Policy withApprovers(Policy policy, List<Policy.Approver> approvers) {
    return copy(policy, policy.rules(), approvers);
  }

  /// With this tier for every rule.
  static Policy withTier(Policy policy, Tier tier) {
    List<Rule> rules =
        policy.rules().stream()
            .map(rule ->
                new Rule(
                    rule.name(),
                    rule.tools(),
                    rule.namespaces(),
                    rule.kinds(),
                    rule.labels(),
                    tier,
                    rule.line(),
                    rule.terms()))
            .toList();
    return copy(policy, rules, policy.approvers());
  }

  private static Policy copy(Policy policy, List<Rule> rules, List<Policy.Approver> approvers) {
    return new Policy(
        policy.digest(),
        policy.tools(),
        policy.answerBytes(),
        rules,
        policy.budgets(),
        approvers,
        policy.approvalTtl(),
        policy.maxPending(),
        policy.guardrails(),
        policy.http(),
        policy.callers(),
        policy.clusters());
  }
}
