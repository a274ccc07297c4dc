package io.github.kubewicket.policy.condition;

import java.util.Optional;

/// Reads and answers conditions. Whoever asks lets something through only for [Answer.True].
public interface Conditions {
  /// What is wrong with an expression: one sentence for the author of `tools.yaml`; empty where it
  /// is right, and boolean.
  Optional<String> fault(String expression);

  /// Whether the expression is true of this. Never throws.
  Answer evaluate(String expression, Inputs inputs);

  /// Knows no expression: every one is at fault, and none is true.
  static Conditions none() {
    return new Conditions() {
      @Override
      public Optional<String> fault(String expression) {
        return Optional.of("Conditions are not supported here.");
      }

      @Override
      public Answer evaluate(String expression, Inputs inputs) {
        return new Answer.Unknown("conditions are not supported here");
      }
    };
  }
}
