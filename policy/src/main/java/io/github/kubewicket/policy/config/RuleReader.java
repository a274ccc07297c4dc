package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.rules.LabelSelectors;
import io.github.kubewicket.policy.rules.LabelSyntax;
import io.github.kubewicket.policy.rules.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `rules`.
final class RuleReader {
  private static final List<String> KEYS =
      List.of("name", "tools", "namespaces", "kinds", "labels", "tier");
  private static final List<String> TIERS = Arrays.stream(Tier.values()).map(Tier::word).toList();

  private final KnownTools known;

  RuleReader(KnownTools known) {
    this.known = known;
  }

  /// A rule and where it stands.
  record Placed(Rule rule, Field field) {}

  /// The rules that are right, in the file's order.
  List<Placed> read(Field list) {
    List<Placed> rules = new ArrayList<>();
    Unique names = new Unique();
    for (Field field :
        list.items("a list of rules, each with name, tools, namespaces and tier")
            .orElse(List.of())) {
      rule(field, names).ifPresent(rule -> rules.add(new Placed(rule, field)));
    }
    return rules;
  }

  private Optional<Rule> rule(Field field, Unique names) {
    Optional<Fields> read = field.fields("a rule with name, tools, namespaces and tier", KEYS);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Fields keys = read.get();
    int before = field.problems().count();
    Optional<Field> nameField = keys.required("name", "name: restart-web");
    Optional<String> name = nameField.flatMap(it -> Names.read(it, "restart-web"));
    nameField.ifPresent(at ->
        name.ifPresent(
            text -> names.claim(text, at, "The rule " + Quoted.of(text), "rename one of them")));
    Set<String> tools =
        keys.required("tools", "tools: [" + exampleTool() + "]").map(this::tools).orElse(Set.of());
    List<String> namespaces =
        keys.required("namespaces", "namespaces: [shop]").map(this::namespaces).orElse(List.of());
    Set<String> kinds = keys.get("kinds").map(it -> kinds(it, tools)).orElse(Set.of());
    Optional<LabelSelector> labels =
        keys.get("labels").map(this::labels).orElse(Optional.of(LabelSelector.EVERYTHING));
    Optional<Tier> tier = keys.required("tier", "tier: approve").flatMap(this::tier);
    return field.problems().count() > before || name.isEmpty() || labels.isEmpty() || tier.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rule(name.get(), tools, namespaces, kinds, labels.get(), tier.get(), field.line()));
  }

  private Set<String> tools(Field field) {
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

  private String exampleTool() {
    return known.write().stream().findFirst().orElse("restart_workload");
  }

  private List<String> namespaces(Field field) {
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

  private Set<String> kinds(Field field, Set<String> tools) {
    Map<String, Field> names =
        field.names(
            "a list of kinds, such as [Deployment], or no key at all for every kind",
            "a kind, such as Deployment");
    boolean isKnown = !tools.isEmpty() && known.kinds().keySet().containsAll(tools);
    Set<String> allowed = new LinkedHashSet<>();
    tools.forEach(tool -> allowed.addAll(known.kinds().getOrDefault(tool, Set.of())));
    names.forEach((name, at) -> {
      if (!isKnown && !Names.isKind(name)) {
        at.unexpected("a kind, such as Deployment");
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

  private Optional<LabelSelector> labels(Field field) {
    if (field.value() instanceof Yaml.Mapping) {
      return field.fields("labels", List.of()).flatMap(keys -> labelMap(field, keys));
    }
    return field
        .text("a label selector, such as app=web,tier!=db, or no key at all for every object")
        .flatMap(text -> selector(field, LabelSelectors.parse(text)));
  }

  private static Optional<LabelSelector> selector(Field field, LabelSelectors.Parsed parsed) {
    if (parsed instanceof LabelSelectors.Parsed.Wrong(int at, String message)) {
      field.problem(
          "The label selector is wrong at its character "
              + at
              + ": "
              + Quoted.harmless(message)
              + ".");
    }
    return parsed instanceof LabelSelectors.Parsed.Selector(LabelSelector selector)
        ? Optional.of(selector)
        : Optional.empty();
  }

  private static Optional<LabelSelector> labelMap(Field field, Fields keys) {
    if (keys.all().isEmpty()) {
      field.problem("The label selector is empty; leave labels out to match every object.");
      return Optional.empty();
    }
    List<Requirement> requirements = new ArrayList<>();
    keys.all()
        .forEach((key, at) -> {
          Optional<String> fault = LabelSyntax.keyFault(key);
          fault.ifPresent(why -> at.problem(Quoted.of(key) + " " + why + "."));
          labelValue(at)
              .ifPresent(value -> requirements.add(new Requirement.In(key, Set.of(value))));
        });
    return Optional.of(new LabelSelector(requirements));
  }

  private static Optional<String> labelValue(Field field) {
    if (field.value() instanceof Yaml.Text(String value, boolean _, var _)
        && !field.value().isNothing()) {
      Optional<String> fault = LabelSyntax.valueFault(value);
      fault.ifPresent(why -> field.problem(Quoted.of(value) + " " + why + "."));
      return fault.isPresent() ? Optional.empty() : Optional.of(value);
    }
    return field.unexpected("a label value, such as web, or \"\" for the empty one");
  }

  private Optional<Tier> tier(Field field) {
    String what = "one of the tiers " + String.join(", ", TIERS);
    Optional<String> word = field.text(what);
    if (word.isPresent() && !TIERS.contains(word.get())) {
      field.problem(
          "There is no tier "
              + Quoted.of(word.get())
              + "; the tiers are "
              + String.join(", ", TIERS)
              + Nearest.hint(word.get(), TIERS));
    }
    return word.flatMap(
        it -> Arrays.stream(Tier.values()).filter(tier -> tier.word().equals(it)).findFirst());
  }
}
