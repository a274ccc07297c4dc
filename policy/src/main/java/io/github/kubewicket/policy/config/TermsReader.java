package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.Requirement;
import io.github.kubewicket.policy.rules.RuleTerms;
import io.github.kubewicket.policy.rules.ShadowTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a rule asks for besides its tools, places and tier.
///
/// @param expressions reads its conditions
/// @param clusters the names of the clusters that the file configures
record TermsReader(Expressions expressions, Set<String> clusters) {
  private static final int MOST_REQUIREMENTS = 20;
  private static final List<String> ENVIRONMENTS = Keys.words(Environment.values()).words();
  private static final List<String> CODES = Keys.words(Reason.values()).words();

  /// The terms, without a digest yet.
  ///
  /// @param tier the rule's tier, where it is right; an autonomous rule is in shadow by default
  RuleTerms read(Fields keys, Optional<Preset> preset, Optional<Tier> tier) {
    List<Requirement> require = new ArrayList<>();
    preset.ifPresent(
        it -> keys.get("preset").ifPresent(at -> require.addAll(presetRequire(it, at))));
    keys.get("require").ifPresent(list -> require.addAll(requirements(list)));
    Optional<String> when = keys.get("when").flatMap(expressions::read);
    return new RuleTerms(
        keys.get("callers").map(NameLists::callers).orElse(List.of()),
        keys.get("environments")
            .map(TermsReader::environments)
            .orElseGet(() -> preset.map(Preset::environments).orElse(Set.of())),
        keys.get("clusters").map(it -> ClusterReader.named(it, clusters)).orElse(Set.of()),
        when,
        require,
        keys.wholeNumber("approvals").orElse(1),
        keys.get("shadow")
            .flatMap(TermsReader::shadow)
            .orElse(
                tier.isPresent() && tier.get().isAutonomous()
                    ? ShadowTerms.USUAL
                    : ShadowTerms.OFF),
        "");
  }

  private List<Requirement> presetRequire(Preset preset, Field at) {
    return preset.require(at.line()).stream()
        .filter(it -> expressions.isRight(it.expression(), at))
        .toList();
  }

  private static Set<Environment> environments(Field field) {
    Map<String, Field> names =
        field.names(
            "a list of environments, such as [other], or no key at all for every one",
            "an environment");
    Set<Environment> environments = new LinkedHashSet<>();
    names.forEach((name, at) ->
        at.word(ENVIRONMENTS)
            .flatMap(word ->
                Arrays.stream(Environment.values())
                    .filter(it -> it.word().equals(word))
                    .findFirst())
            .ifPresent(environments::add));
    return environments;
  }

  private List<Requirement> requirements(Field list) {
    List<Requirement> requirements = new ArrayList<>();
    List<Field> items =
        list.items("a list of conditions in CEL, such as [workload.replicas >= 2]")
            .orElse(List.of());
    if (items.size() > MOST_REQUIREMENTS) {
      list.problem(
          "The list has " + items.size() + " entries; " + MOST_REQUIREMENTS + " are allowed.");
      return requirements;
    }
    if (items.isEmpty() && list.value() instanceof Yaml.Sequence) {
      list.problem("The list is empty; leave require out to ask for nothing.");
    }
    for (Field item : items) {
      requirement(item).ifPresent(requirements::add);
    }
    return requirements;
  }

  private Optional<Requirement> requirement(Field item) {
    if (!(item.value() instanceof Yaml.Mapping)) {
      return expressions
          .read(item)
          .map(text ->
              new Requirement(
                  text, Reason.PRECONDITION_FALSE, Optional.empty(), Duration.ZERO, item.line()));
    }
    return item.fields("a condition", Keys.REQUIREMENT)
        .flatMap(keys -> {
          Optional<String> expression =
              keys.required("expr", "expr: workload.replicas >= 2").flatMap(expressions::read);
          Reason code =
              keys.get("code").flatMap(TermsReader::code).orElse(Reason.PRECONDITION_FALSE);
          Optional<String> message =
              keys.get("message")
                  .flatMap(it -> it.sentence("what the refusal says", Keys.LONGEST_LINE));
          Duration sustained = keys.duration("sustainedFor").orElse(Duration.ZERO);
          return expression.map(
              text -> new Requirement(text, code, message, sustained, item.line()));
        });
  }

  private static Optional<Reason> code(Field field) {
    String what = "one of Kubewicket's codes, such as PRECONDITION_FALSE";
    Optional<String> word = field.text(what);
    return word.isPresent() && !CODES.contains(word.get())
        ? field.unexpected(what, Nearest.of(word.get(), CODES))
        : word.map(Reason::valueOf);
  }

  private static Optional<ShadowTerms> shadow(Field field) {
    if (!(field.value() instanceof Yaml.Mapping)) {
      return field.isWord("on", "true", "off", "false")
          ? field.onOff().map(on -> on ? ShadowTerms.USUAL : ShadowTerms.OFF)
          : field.unexpected("off, or keys with values such as {age: 7d, samples: 5}");
    }
    return field
        .fields("shadow", Keys.SHADOW)
        .map(keys ->
            new ShadowTerms(
                keys.duration("age").orElse(ShadowTerms.USUAL.minAge()),
                keys.wholeNumber("samples").orElse(ShadowTerms.USUAL.minSamples())));
  }
}
