package io.github.kubewicket.policy;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.Assessment;
import io.github.kubewicket.policy.guard.CallerGuard;
import io.github.kubewicket.policy.guard.Finding;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The gate's own refusals, in words.
final class Refusals {
  private Refusals() {}

  static Denial invalid(Loaded.Invalid invalid) {
    return Denial.of(
        Reason.POLICY_INVALID,
        "tools.yaml does not load, so nothing may be written: " + invalid.problems().getFirst(),
        "Ask an operator to mend the file; `kubewicket policy check` shows every problem in it.");
  }

  /// What can be refused before the cluster is asked anything.
  static Optional<Denial> early(Policy policy, Caller caller, String tool, String namespace) {
    Optional<Denial> terms = CallerGuard.refusal(policy, caller, tool, namespace);
    if (terms.isPresent()) {
      return terms;
    }
    if (!policy.enables(tool)) {
      return Optional.of(
          Denial.of(
              Reason.TOOL_NOT_ENABLED,
              "No rule in tools.yaml enables " + tool + ".",
              "Hand over to a person; an operator can add a rule for it to tools.yaml."));
    }
    return policy.rules().stream().anyMatch(rule -> rule.mayMatch(tool, namespace))
        ? Optional.empty()
        : Optional.of(
            Denial.of(
                Reason.NO_RULE,
                "No rule in tools.yaml lets " + tool + " act on namespace " + namespace + ".",
                "Hand over to a person; an operator can add a rule to tools.yaml."));
  }

  static Denial noLedger(LedgerException e) {
    return Denial.of(
        Reason.AUDIT_UNAVAILABLE,
        "The ledger cannot be used, so nothing is done: " + e.getMessage(),
        "Ask an operator to run `kubewicket doctor`.");
  }

  static Denial never(Rule rule) {
    return Denial.of(
            Reason.TIER_NEVER,
            "The rule " + rule.name() + " says never.",
            "Hand over to a person; no approval lifts this.")
        .byRule(rule.name());
  }

  /// The same findings, with what is left when nobody could be told.
  static Assessment notTold(Assessment found) {
    List<Assessment.Step> steps = new ArrayList<>(found.steps());
    steps.add(
        new Assessment.Step(
            "notifier",
            new Finding.Ceiling(
                Tier.APPROVE,
                Reason.NOTIFIER_DOWN,
                "people could not be told, so one has to approve")));
    return new Assessment(found.it(), Tier.APPROVE, steps);
  }
}
