package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.condition.Conditions;
import java.util.Optional;

/// Reads conditions: text of at most 4,096 characters in which whoever answers conditions finds no
/// fault.
///
/// @param conditions answers them later
record Expressions(Conditions conditions) {
  private static final String WHAT =
      "a condition in CEL, such as workload.replicas >= 2 (in quotes where it holds \": \" or"
          + " begins with !)";

  /// The condition, without blanks around it.
  Optional<String> read(Field field) {
    return field.lines(WHAT, Keys.LONGEST_EXPRESSION).filter(text -> isRight(text, field));
  }

  /// Whether a condition is right; a problem at the field otherwise.
  boolean isRight(String expression, Field field) {
    Optional<String> fault = conditions.fault(expression);
    fault.ifPresent(why -> field.problem(Quoted.harmless(why)));
    return fault.isEmpty();
  }
}
