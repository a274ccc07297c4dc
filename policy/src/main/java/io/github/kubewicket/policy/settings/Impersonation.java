package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.Caller;
import java.util.ArrayList;
import java.util.List;

/// As whom Kubernetes is asked on a caller's behalf.
///
/// In both templates `{name}` stands for the caller's name. In a template of a group `{groups}`
/// stands for each of the caller's groups, one after the other: where it has none, the template
/// gives none. What is put in is never looked at again, so a caller's name cannot bring a
/// placeholder of its own.
///
/// @param user a template for the user, such as `kubewicket:{name}`
/// @param groups templates for the groups
public record Impersonation(String user, List<String> groups) {
  private static final String NAME = "{name}";
  private static final String GROUPS = "{groups}";

  /// Copies the list.
  public Impersonation {
    groups = List.copyOf(groups);
  }

  /// The user that the caller becomes.
  public String userOf(Caller caller) {
    return user.replace(NAME, caller.name());
  }

  /// The groups that it gets, each once, in the file's order; a template's own in the order of
  /// their names.
  public List<String> groupsOf(Caller caller) {
    List<String> named = new ArrayList<>();
    for (String template : groups) {
      if (template.contains(GROUPS)) {
        caller.groups().stream()
            .sorted()
            .map(group -> filled(template, caller.name(), group))
            .forEach(named::add);
      } else {
        named.add(template.replace(NAME, caller.name()));
      }
    }
    return named.stream().distinct().toList();
  }

  /// Both at once, from left to right.
  private static String filled(String template, String name, String group) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      if (template.startsWith(NAME, at)) {
        filled.append(name);
        at += NAME.length();
      } else if (template.startsWith(GROUPS, at)) {
        filled.append(group);
        at += GROUPS.length();
      } else {
        filled.append(template.charAt(at));
        at++;
      }
    }
    return filled.toString();
  }
}
