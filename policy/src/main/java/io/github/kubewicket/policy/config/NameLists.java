package io.github.kubewicket.policy.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the lists of names with which rules, windows and never-items say what they are about.
///
/// @param known the tools that may be named
record NameLists(KnownTools known) {
  private static final String KIND = "a kind, such as Deployment";
  private static final int LONGEST_CALLER = 200;

  /// Write tools, at least one, no patterns.
  Set<String> tools(Field field) {
    Map<String, Field> names =
        field.names(
            "a list of write tools, such as [" + exampleTool() + "]", "the name of a write tool");
    names.forEach((name, at) -> {
      if (known.read().contains(name)) {
        at.problem(
            Quoted.of(name)
                + " is a read tool and needs no rule; rules are for the write tools "
                + String.join(", ", known.write())
                + ".");
      } else if (name.contains("*")) {
        at.problem(
            "Tools have no patterns; name each one: " + String.join(", ", known.write()) + ".");
      } else if (!known.write().contains(name)) {
        at.problem(
            "No write tool is called "
                + Quoted.of(name)
                + "; the write tools are "
                + String.join(", ", known.write())
                + Nearest.hint(name, known.write()));
      }
    });
    return names.keySet();
  }

  /// A write tool for messages.
  String exampleTool() {
    return known.write().stream().findFirst().orElse("restart_workload");
  }

  /// Namespaces, exact or with one trailing `*`, at least one.
  static List<String> namespaces(Field field) {
    String item =
        "the name of a namespace, such as shop, or the start of names, such as \"shop-*\"";
    Map<String, Field> names =
        field.names("a list of namespaces, such as [shop, \"shop-*\"]", item);
    names.forEach((name, at) -> {
      if (!Names.isNamespacePattern(name)) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }

  /// Kinds that one of these tools can change, at least one.
  Set<String> changeableKinds(Field field, Set<String> tools) {
    Map<String, Field> names =
        field.names("a list of kinds, such as [Deployment], or no key at all for every kind", KIND);
    boolean isKnown = !tools.isEmpty() && known.kinds().keySet().containsAll(tools);
    Set<String> allowed = new LinkedHashSet<>();
    tools.forEach(tool -> allowed.addAll(known.kinds().getOrDefault(tool, Set.of())));
    names.forEach((name, at) -> {
      if (!isKnown && !Names.isKind(name)) {
        at.unexpected(KIND);
      } else if (isKnown && !allowed.contains(name)) {
        at.problem(
            "No tool of this rule can change the kind "
                + Quoted.of(name)
                + "; they change "
                + String.join(", ", allowed)
                + Nearest.hint(name, allowed));
      }
    });
    return names.keySet();
  }

  /// Kinds of any sort, at least one.
  ///
  /// @param isAllAllowed whether `*` stands for every kind
  static Set<String> kinds(Field field, boolean isAllAllowed) {
    String what = isAllAllowed ? KIND + ", or \"*\" for every kind" : KIND;
    Map<String, Field> names = field.names("a list of kinds, such as [Deployment]", KIND);
    names.forEach((name, at) -> {
      if (!Names.isKind(name) && !(isAllAllowed && name.equals("*"))) {
        at.unexpected(what);
      }
    });
    return names.keySet();
  }

  /// Callers, exact or with one trailing `*`, at least one.
  static List<String> callers(Field field) {
    String item = "a caller as the ledger names it, such as stdio:sam, or \"stdio:*\"";
    Map<String, Field> names = field.names("a list of callers, such as [\"stdio:*\"]", item);
    names.forEach((name, at) -> {
      int star = name.indexOf('*');
      boolean isPattern = star >= 0;
      if ((isPattern && star != name.length() - 1)
          || (!isPattern && (name.indexOf(':') < 1 || name.endsWith(":")))
          || name.length() > LONGEST_CALLER
          || name.chars().anyMatch(c -> Character.isISOControl(c) || c == ' ')) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }
}
