package io.github.kubewicket.policy;

/// Who is on the transport: the identity that budgets count, approvals name and the ledger records.
/// It comes from the transport, never from a tool's arguments.
///
/// @param name 1 to 200 characters, such as `stdio:ada`
public record Caller(String name) {
  /// Refuses an empty, overlong or multi-line name.
  public Caller {
    if (name.isEmpty() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "A caller's name has 1 to 200 characters and no control characters.");
    }
  }
}
