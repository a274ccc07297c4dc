package io.github.kubewicket.policy.condition;

/// What came of a condition.
public sealed interface Answer {
  /// It evaluated to the boolean true.
  record True() implements Answer {}

  /// It evaluated to the boolean false.
  record False() implements Answer {}

  /// It evaluated to nothing that can be relied on: a missing field, another type, too much work.
  ///
  /// @param why one short clause for people
  record Unknown(String why) implements Answer {}
}
