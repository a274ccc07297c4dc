package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.condition.Answer;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.condition.Inputs;
import java.util.Optional;

/// Finds a fault in every condition that holds the word `oops`, and in no other.
final class ConditionsForTests implements Conditions {
  @Override
  public Optional<String> fault(String expression) {
    int at = expression.indexOf("oops");
    return at < 0
        ? Optional.empty()
        : Optional.of("The condition is wrong at column " + (at + 1) + ": oops.");
  }

  @Override
  public Answer evaluate(String expression, Inputs inputs) {
    return new Answer.Unknown("conditions are only read here");
  }
}
