package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.settings.CallerTerms;
import io.github.kubewicket.policy.settings.Callers;
import io.github.kubewicket.policy.settings.Impersonation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `callers`.
final class CallersReader {
  private static final List<String> TIERS = Arrays.stream(Tier.values()).map(Tier::word).toList();
  private static final List<String> ALL = List.of(CallerTerms.ALL);
  private static final int LONGEST = 200;
  private static final String NAME = "{name}";
  private static final String GROUPS = "{groups}";

  private final Set<String> tools;

  CallersReader(KnownTools known) {
    this.tools = new LinkedHashSet<>(known.read());
    this.tools.addAll(known.write());
  }

  /// The terms that are right, in the file's order. The key without a value could mean nobody or
  /// everybody, so it is asked back; `[]` is nobody.
  Callers read(Fields file) {
    return file.get("callers").map(this::read).orElse(Callers.EVERYBODY);
  }

  private Callers read(Field list) {
    List<CallerTerms> terms = new ArrayList<>();
    for (Field field :
        list.items("a list of entries, each with match, or [] for nobody").orElse(List.of())) {
      field
          .fields("an entry with match, such as {match: [\"token:ci-*\"]}", Keys.CALLER)
          .map(this::terms)
          .ifPresent(terms::add);
    }
    return new Callers(true, terms);
  }

  private CallerTerms terms(Fields keys) {
    return new CallerTerms(
        keys.required("match", "match: [\"token:ci-*\"]")
            .map(CallersReader::match)
            .orElse(List.of()),
        keys.get("tools").map(this::tools).orElse(ALL),
        keys.get("clusters").map(CallersReader::clusters).orElse(ALL),
        keys.get("namespaces").map(NameLists::namespaces).orElse(ALL),
        keys.get("maxTier").flatMap(CallersReader::tier).orElse(Tier.AUTO),
        keys.block("impersonate", "{user: \"{name}\"}").flatMap(CallersReader::impersonation));
  }

  private static List<String> match(Field field) {
    String item =
        "a caller as the ledger names it, such as token:ci, the start of callers, such as"
            + " \"stdio:*\", or a group, such as group:sre";
    Map<String, Field> names = field.names("a list of callers, such as [\"token:ci-*\"]", item);
    names.forEach((name, at) -> {
      int star = name.indexOf('*');
      boolean isPattern = star >= 0;
      if ((isPattern && star != name.length() - 1)
          || (!name.equals("*") && (name.indexOf(':') < 1 || name.endsWith(":")))
          || name.length() > LONGEST
          || name.chars().anyMatch(c -> Character.isISOControl(c) || c == ' ')) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }

  private List<String> tools(Field field) {
    Map<String, Field> names =
        field.names("a list of tools, such as [list_resources, \"get_*\"]", "the name of a tool");
    names.forEach((name, at) -> {
      boolean fits =
          name.endsWith("*")
              ? tools.stream().anyMatch(it -> it.startsWith(name.substring(0, name.length() - 1)))
              : tools.contains(name);
      if (!fits) {
        at.problem(
            "No tool is called "
                + Quoted.of(name)
                + "; the tools are "
                + String.join(", ", tools)
                + Nearest.hint(name, tools));
      }
    });
    return List.copyOf(names.keySet());
  }

  private static List<String> clusters(Field field) {
    String item = "the name of a cluster, such as prod, or the start of names, such as \"eu-*\"";
    Map<String, Field> names = field.names("a list of clusters, such as [prod, \"eu-*\"]", item);
    names.forEach((name, at) -> {
      if (!Names.isNamespacePattern(name)) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }

  private static Optional<Tier> tier(Field field) {
    return field.word(TIERS).map(it -> Tier.valueOf(it.toUpperCase(Locale.ROOT)));
  }

  private static Optional<Impersonation> impersonation(Fields keys) {
    Optional<String> user = keys.required("user", "user: \"{name}\"").flatMap(CallersReader::user);
    List<String> groups = keys.get("groups").map(CallersReader::groups).orElse(List.of());
    return user.map(it -> new Impersonation(it, groups));
  }

  private static Optional<String> user(Field field) {
    String what = "a user's name, such as \"{name}\" or \"agent:{name}\"";
    Optional<String> user = field.sentence(what, LONGEST);
    return user.isPresent() && (isSystem(user.get()) || hasBraces(user.get().replace(NAME, "")))
        ? field.unexpected(what)
        : user;
  }

  private static List<String> groups(Field field) {
    String item = "a group's name, or \"{groups}\" for the caller's";
    Map<String, Field> names = field.names("a list of groups, such as [\"{groups}\"]", item);
    names.forEach((name, at) -> {
      if (name.length() > LONGEST
          || name.isBlank()
          || name.chars().anyMatch(Character::isISOControl)
          || hasBraces(name.replace(NAME, "").replace(GROUPS, ""))
          || isSystem(name)) {
        at.unexpected(item);
      }
    });
    return List.copyOf(names.keySet());
  }

  // system:masters is above RBAC, and every other such name is Kubernetes' to give.
  private static boolean isSystem(String name) {
    return name.startsWith("system:");
  }

  private static boolean hasBraces(String text) {
    return text.contains("{") || text.contains("}");
  }
}
