package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.rules.LabelSelectors;
import io.github.kubewicket.policy.rules.LabelSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads label selectors: kubectl's text, or keys with values.
final class LabelReader {
  private LabelReader() {}

  /// Reads a selector. An empty one is refused: it would match everything.
  static Optional<LabelSelector> read(Field field) {
    if (field.value() instanceof Yaml.Mapping) {
      return field.fields("labels", Block.ANY).flatMap(keys -> labelMap(field, keys));
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
}
