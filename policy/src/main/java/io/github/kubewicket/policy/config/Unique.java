package io.github.kubewicket.policy.config;

import java.util.HashMap;
import java.util.Map;

/// Sees to it that something stands in the file only once.
final class Unique {
  private final Map<String, Field> taken = new HashMap<>();

  /// Reports the second of two, with the line of the first.
  ///
  /// @param what how a sentence about it begins, such as `The rule "a"`
  /// @param advice how that sentence ends, such as `rename one of them`
  void claim(String value, Field at, String what, String advice) {
    Field first = taken.putIfAbsent(value, at);
    if (first != null) {
      at.problem(what + Field.twice(first, at) + "; " + advice + ".");
    }
  }
}
