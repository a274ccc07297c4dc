package io.github.kubewicket.policy.guard;

import java.util.List;

/// Names with at most one `*`, at their end.
final class Patterns {
  private Patterns() {}

  static boolean anyFits(List<String> patterns, String name) {
    return patterns.stream()
        .anyMatch(pattern ->
            pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern));
  }
}
