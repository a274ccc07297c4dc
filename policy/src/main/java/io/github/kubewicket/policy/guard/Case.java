package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.condition.Inputs;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.Guardrails;
import java.time.Instant;
import java.util.Optional;

/// One call in front of the guardrails.
///
/// @param policy the policy in force
/// @param matched the rule that speaks about it; empty before one was looked for
/// @param attempt the call
/// @param environment what its namespace is for
/// @param ledger what happened before
/// @param now ledger time
/// @param conditions answers conditions
public record Case(
    Policy policy,
    Optional<Rule> matched,
    Attempt attempt,
    Environment environment,
    LedgerView ledger,
    Instant now,
    Conditions conditions) {
  /// The same call, with the rule that speaks about it.
  Case with(Rule rule) {
    return new Case(policy, Optional.of(rule), attempt, environment, ledger, now, conditions);
  }

  /// The rule that speaks about it.
  ///
  /// @throws java.util.NoSuchElementException before one was found
  public Rule rule() {
    return matched.orElseThrow();
  }

  /// The guardrails' settings.
  public Guardrails settings() {
    return policy.guardrails();
  }

  /// What the server saw around the target.
  public Surroundings around() {
    return attempt.surroundings();
  }

  /// What conditions may look at.
  public Inputs inputs() {
    return new Inputs(attempt, environment, now);
  }
}
