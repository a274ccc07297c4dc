package io.github.kubewicket.policy.condition;

/// What came of reading an expression.
sealed interface Compilation {
  /// It can be evaluated.
  record Usable(Condition condition) implements Compilation {}

  /// It cannot.
  ///
  /// @param sentence what is wrong, where, and where it helps what to do
  record Faulty(String sentence) implements Compilation {}
}
