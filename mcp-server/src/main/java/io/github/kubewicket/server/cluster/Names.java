package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;

/// Checks names before they become part of an address.
final class Names {
  private static final int MAX = 253;

  private Names() {}

  /// The name, if the API's path segment rules allow it: no `/`, no `%`, not `.` or `..`.
  ///
  /// @throws ClusterException `BAD_ARGS`
  static String checked(String what, String name) {
    boolean fine =
        !name.isEmpty()
            && name.length() <= MAX
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '/' && c != '%');
    if (!fine) {
      throw new ClusterException(
          Reason.BAD_ARGS,
          "\"" + Untrusted.line(name, 60) + "\" cannot be the name of " + what + ".",
          "Use the exact name as list_resources shows it, without its kind.");
    }
    return name;
  }
}
