package io.github.kubewicket.policy;

import java.util.Set;

/// Who is on the transport: the identity that budgets count, approvals name and the ledger records.
/// It comes from the transport, never from a tool's arguments.
///
/// @param name 1 to 200 characters, such as `stdio:ada`
/// @param groups the groups that whoever vouches for the caller puts it in; empty where nobody does
/// @param scopes what its credential is good for, of [#READ] and [#WRITE]
public record Caller(String name, Set<String> groups, Set<String> scopes) {
  /// The scope of a credential that may look.
  public static final String READ = "kubewicket:read";

  /// The scope of a credential that may also ask for changes.
  public static final String WRITE = "kubewicket:write";

  /// Refuses an empty, overlong or multi-line name.
  public Caller {
    if (name.isEmpty() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "A caller's name has 1 to 200 characters and no control characters.");
    }
    groups = Set.copyOf(groups);
    scopes = Set.copyOf(scopes);
  }

  /// A caller whose credential is good for everything, such as whoever started the server.
  public Caller(String name) {
    this(name, Set.of(), Set.of(READ, WRITE));
  }

  /// Whether its credential is good for changes.
  public boolean mayWrite() {
    return scopes.contains(WRITE);
  }
}
