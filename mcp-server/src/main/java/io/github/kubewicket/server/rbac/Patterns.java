package io.github.kubewicket.server.rbac;

import java.util.Optional;

/// Names of namespaces: exact, or a beginning with one `*` behind it.
final class Patterns {
  private Patterns() {}

  /// Whether every name that fits `narrow` fits `wide` too.
  static boolean covers(String wide, String narrow) {
    if (!wide.endsWith("*")) {
      return wide.equals(narrow);
    }
    return start(narrow).startsWith(start(wide))
        && (narrow.endsWith("*") || narrow.length() >= wide.length() - 1);
  }

  /// The names that fit both, if any do.
  static Optional<String> both(String one, String other) {
    if (covers(one, other)) {
      return Optional.of(other);
    }
    return covers(other, one) ? Optional.of(one) : Optional.empty();
  }

  private static String start(String pattern) {
    return pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
  }
}
