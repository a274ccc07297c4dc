package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.ScopeSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What in a valid policy is probably not meant.
final class Advice {
  private final Problems warnings;
  private final KnownTools known;

  Advice(String file, KnownTools known) {
    this.warnings = new Problems(file);
    this.known = known;
  }

  /// The warnings, in the file's order.
  List<Problem> on(PolicyReader.Draft draft) {
    List<RuleReader.Placed> rules = draft.rules();
    for (int i = 0; i < rules.size(); i++) {
      RuleReader.Placed placed = rules.get(i);
      Rule rule = placed.rule();
      Optional<Rule> cover = cover(rules.subList(0, i), rule);
      cover.ifPresent(first ->
          warn(
              placed,
              "This rule never decides, because the rule \""
                  + first.name()
                  + "\" at line "
                  + first.line()
                  + " matches everything that it matches; move it up or remove it."));
      if (Coverage.isImpossible(rule.labels())) {
        warn(placed, "This rule never matches, because its labels contradict each other.");
      }
      if (rule.tier() == Tier.APPROVE && draft.policy().approvers().isEmpty()) {
        warn(
            placed,
            "This rule asks for approval, but there is nobody who can approve; add a person under"
                + " approvers.");
      }
      if (rule.tier() == Tier.NEVER && rule.tools().stream().noneMatch(draft.policy()::enables)) {
        warn(
            placed,
            "This rule changes nothing, because no rule enables any of its tools; what no rule"
                + " enables is refused anyway.");
      }
      rule.tools().stream().sorted().forEach(tool -> tool(placed, tool));
      terms(draft.policy(), placed);
    }
    new GuardrailAdvice(warnings).on(draft);
    new CallersAdvice(warnings).on(draft);
    return warnings.inFileOrder();
  }

  private void terms(Policy policy, RuleReader.Placed placed) {
    Rule rule = placed.rule();
    int approvals = rule.terms().approvals();
    int people = policy.approvers().size();
    if (approvals > 1 && rule.tier().compareTo(Tier.APPROVE) < 0) {
      warn(
          placed, "This rule asks for approvals, but at its tier nobody is asked; leave them out.");
    } else if (approvals > people && (people > 0 || approvals > 1)) {
      warn(
          placed,
          "This rule asks for "
              + approvals
              + " approvals, but approvers holds only "
              + people
              + (people == 1 ? " person" : " people")
              + "; add people, or ask for fewer.");
    }
    if ((rule.tier() == Tier.NOTIFY || rule.tier() == Tier.VETO)
        && !policy.guardrails().notifier().isConfigured()) {
      warn(
          placed,
          "This rule tells people, but there is nowhere to tell them, so it asks for approval"
              + " instead; add a webhook or a file under notify.");
    }
    if (rule.tier().isAutonomous()
        && rule.terms().environments().contains(Environment.PRODUCTION)) {
      warn(
          placed,
          "In production nothing is done without a person, so there this rule asks for approval;"
              + " give production a rule of its own with tier: approve.");
    }
    if (rule.tier() != Tier.NEVER && isOutOfScope(policy.guardrails().scope(), rule)) {
      warn(
          placed,
          "This rule lets nothing happen, because all its namespaces are out of scope; see scope.");
    }
  }

  private static boolean isOutOfScope(ScopeSettings scope, Rule rule) {
    return rule.namespaces().stream()
        .allMatch(name ->
            Coverage.covers(scope.neverNamespaces(), name)
                || scope.namespaces().stream().noneMatch(it -> Coverage.meet(it, name)));
  }

  private void tool(RuleReader.Placed placed, String tool) {
    Set<String> kinds = placed.rule().kinds();
    if (!kinds.isEmpty()
        && known.kinds().containsKey(tool)
        && known.kinds().getOrDefault(tool, Set.of()).stream().noneMatch(kinds::contains)) {
      warn(
          placed,
          "The tool " + tool + " can change none of this rule's kinds; remove it from the rule.");
    }
  }

  private static Optional<Rule> cover(List<RuleReader.Placed> earlier, Rule rule) {
    return earlier.stream()
        .map(RuleReader.Placed::rule)
        .filter(first -> Coverage.covers(first, rule))
        .findFirst();
  }

  private void warn(RuleReader.Placed placed, String message) {
    warnings.add(placed.field().value().at(), placed.field().path(), message);
  }
}
