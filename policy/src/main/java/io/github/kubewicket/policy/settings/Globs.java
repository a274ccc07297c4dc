package io.github.kubewicket.policy.settings;

import java.util.List;

/// Names with at most one `*`, at their end.
final class Globs {
  private Globs() {}

  static boolean anyFits(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> fits(pattern, name));
  }

  static boolean fits(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
