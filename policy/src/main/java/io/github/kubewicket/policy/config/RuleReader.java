package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.rules.RuleTerms;
import io.github.kubewicket.policy.settings.ClusterSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `rules`.
final class RuleReader {
  private static final List<String> TIERS = Arrays.stream(Tier.values()).map(Tier::word).toList();

  private static final List<String> PRESETS = Keys.words(Preset.values()).words();

  private final KnownTools known;
  private final NameLists lists;
  private final TermsReader terms;

  /// @param clusters those that the file names
  RuleReader(KnownTools known, Expressions expressions, List<ClusterSettings> clusters) {
    this.known = known;
    this.lists = new NameLists(known);
    this.terms = new TermsReader(expressions, names(clusters));
  }

  private static Set<String> names(List<ClusterSettings> clusters) {
    Set<String> names = new LinkedHashSet<>();
    clusters.forEach(cluster -> names.add(cluster.name()));
    return names;
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
    Optional<Fields> read = field.fields("a rule with name, tools, namespaces and tier", Keys.RULE);
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
    Optional<Preset> preset = keys.get("preset").flatMap(this::preset);
    Set<String> tools = tools(keys, preset);
    List<String> namespaces =
        keys.required("namespaces", "namespaces: [shop]")
            .map(NameLists::namespaces)
            .orElse(List.of());
    Set<String> kinds =
        keys.get("kinds")
            .map(it -> lists.changeableKinds(it, tools))
            .orElseGet(() -> preset.map(Preset::kinds).orElse(Set.of()));
    Optional<LabelSelector> labels =
        keys.get("labels").map(LabelReader::read).orElse(Optional.of(LabelSelector.EVERYTHING));
    Optional<Tier> tier = keys.required("tier", "tier: approve").flatMap(this::tier);
    RuleTerms said = terms.read(keys, preset, tier);
    if (field.problems().count() > before || name.isEmpty() || labels.isEmpty() || tier.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        RuleDigest.signed(
            new Rule(
                name.get(),
                tools,
                namespaces,
                kinds,
                labels.get(),
                tier.get(),
                field.line(),
                said)));
  }

  private Set<String> tools(Fields keys, Optional<Preset> preset) {
    return keys.get("preset").isPresent() && keys.get("tools").isEmpty()
        ? preset.map(Preset::tools).orElse(Set.of())
        : keys.required("tools", "tools: [" + lists.exampleTool() + "]")
            .map(lists::tools)
            .orElse(Set.of());
  }

  private Optional<Preset> preset(Field field) {
    Optional<Preset> preset = field.word(PRESETS).flatMap(Preset::named);
    if (preset.isPresent() && !known.write().containsAll(preset.get().tools())) {
      field.problem(
          "The preset needs the write tool "
              + String.join(", ", preset.get().tools())
              + ", which this server does not have; write the rule without a preset.");
      return Optional.empty();
    }
    return preset;
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
