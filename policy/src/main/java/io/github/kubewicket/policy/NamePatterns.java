package io.github.kubewicket.policy;

import java.util.List;

/// Names as `tools.yaml` lists them: exact, or with one `*` at their end.
public final class NamePatterns {
  private NamePatterns() {}

  /// Whether one of the patterns fits the name; none does where there are none.
  public static boolean anyFits(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> fits(pattern, name));
  }

  /// Whether the pattern fits the name: it is the name, or ends with `*` and the name begins with
  /// what stands before. A `*` elsewhere is a character like any other.
  public static boolean fits(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
