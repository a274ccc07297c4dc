package io.github.kubewicket.server.identity;

import io.github.kubewicket.policy.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes callers of names that others chose.
final class Names {
  // What cannot be seen, or looks like something else, could pass for another caller.
  private static final Pattern FITTING = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private Names() {}

  /// The caller of this name; empty for one that does not fit: 200 visible ASCII characters,
  /// without blanks.
  ///
  /// @param prefix such as `oidc:corp:`
  static Optional<Caller> caller(
      String prefix, String name, Set<String> groups, Set<String> scopes) {
    String whole = prefix + name;
    return name.isEmpty() || !FITTING.matcher(whole).matches()
        ? Optional.empty()
        : Optional.of(new Caller(whole, groups, scopes));
  }
}
