package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.Caller;
import java.util.List;
import java.util.stream.Stream;

/// As whom Kubernetes is asked for a caller, from `callers[].impersonate`.
///
/// @param user a user's name in which `{name}` stands for the caller's
/// @param groups groups; the entry `{groups}` alone stands for all of the caller's, of which those
///   that begin with `system:` are left out: Kubernetes gives these, and nobody else
public record Impersonation(String user, List<String> groups) {
  /// Stands for the caller's name.
  public static final String NAME = "{name}";

  /// Stands for the caller's groups.
  public static final String GROUPS = "{groups}";

  /// How names begin that are Kubernetes' own.
  public static final String SYSTEM = "system:";

  /// Copies the list.
  public Impersonation {
    groups = List.copyOf(groups);
  }

  /// The user for this caller.
  public String userFor(Caller caller) {
    return user.replace(NAME, caller.name());
  }

  /// The groups for this caller, without doubles, sorted where they are the caller's.
  public List<String> groupsFor(Caller caller) {
    return groups.stream()
        .flatMap(group ->
            group.equals(GROUPS)
                ? caller.groups().stream().filter(it -> !it.startsWith(SYSTEM)).sorted()
                : Stream.of(group))
        .distinct()
        .toList();
  }
}
