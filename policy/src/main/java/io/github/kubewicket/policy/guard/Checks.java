package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.condition.Answer;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.window.Upcoming;
import io.github.kubewicket.policy.window.Window;
import io.github.kubewicket.policy.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts one call in front of all guardrails, in their order. The gate stops at the first that
/// refuses; an explanation hears them all. Both come out of the same list, so they cannot differ.
public final class Checks {
  private final Conditions conditions;
  private final List<Guard> absolute = Order.absolute();
  private final Windows windows;
  private final List<Guard> ofRules;

  /// Checks with these conditions and windows.
  public Checks(Conditions conditions, Windows windows) {
    this.conditions = conditions;
    this.windows = windows;
    this.ofRules = Order.ofRules(windows);
  }

  /// When the policy's windows for this target begin and end within a day.
  public List<Upcoming> upcoming(Policy policy, Target target, Instant now) {
    List<Window> concerning =
        policy.guardrails().windows().stream()
            .filter(window -> window.concerns(target.namespace(), target.workloadKind()))
            .toList();
    return windows.next(concerning, now, Duration.ofDays(1));
  }

  /// What the guardrails find, up to the first that refuses.
  public Assessment assess(Policy policy, Attempt attempt, LedgerView ledger) {
    return run(policy, attempt, ledger, false);
  }

  /// What all guardrails find, those after a refusal included. Where no rule speaks, there is
  /// nothing more to ask.
  public Assessment explain(Policy policy, Attempt attempt, LedgerView ledger) {
    return run(policy, attempt, ledger, true);
  }

  private Assessment run(Policy policy, Attempt attempt, LedgerView ledger, boolean whole) {
    Case it =
        new Case(
            policy,
            Optional.empty(),
            attempt,
            environment(policy, attempt),
            ledger,
            ledger.now(),
            conditions);
    List<Assessment.Step> steps = new ArrayList<>();
    if (!ask(absolute, it, steps, whole) && !whole) {
      return new Assessment(it, Tier.NEVER, steps);
    }
    switch (match(it)) {
      case Match.None none -> {
        steps.add(new Assessment.Step("rule", new Finding.Refused(none.denial())));
        return new Assessment(it, Tier.NEVER, steps);
      }
      case Match.Spoken(Rule rule) -> {
        steps.add(
            new Assessment.Step("rule", new Finding.Passed("the rule " + rule.name() + " speaks")));
        Case spoken = it.with(rule);
        ask(ofRules, spoken, steps, whole);
        return new Assessment(spoken, tier(rule, steps), steps);
      }
    }
  }

  /// Whether none refused.
  private static boolean ask(
      List<Guard> guards, Case it, List<Assessment.Step> steps, boolean whole) {
    boolean all = true;
    for (Guard guard : guards) {
      Finding finding = guard.look(it);
      steps.add(new Assessment.Step(guard.name(), finding));
      if (finding instanceof Finding.Refused) {
        all = false;
        if (!whole) {
          return false;
        }
      }
    }
    return all;
  }

  private static Tier tier(Rule rule, List<Assessment.Step> steps) {
    Tier tier = rule.tier();
    for (Assessment.Step step : steps) {
      tier =
          switch (step.finding()) {
            case Finding.Passed _ -> tier;
            case Finding.Ceiling ceiling -> tier.atMost(ceiling.tier());
            case Finding.Refused _ -> Tier.NEVER;
          };
    }
    return tier;
  }

  private sealed interface Match {
    record Spoken(Rule rule) implements Match {}

    record None(Denial denial) implements Match {}
  }

  /// The first rule that speaks. One whose condition cannot be answered ends the search: a later
  /// rule may allow what this one would have refused.
  private Match match(Case it) {
    Attempt attempt = it.attempt();
    for (Rule rule : it.policy().rules()) {
      if (!rule.matches(attempt.tool(), attempt.target())
          || !rule.speaksTo(attempt.caller(), it.environment())) {
        continue;
      }
      Optional<String> when = rule.terms().when();
      if (when.isEmpty()) {
        return new Match.Spoken(rule);
      }
      switch (conditions.evaluate(when.get(), it.inputs())) {
        case Answer.True() -> {
          return new Match.Spoken(rule);
        }
        case Answer.False() -> {}
        case Answer.Unknown(String why) -> {
          return new Match.None(
              Denial.of(
                      Reason.PRECONDITION_UNKNOWN,
                      "It is not known whether the rule "
                          + rule.name()
                          + " speaks ("
                          + why
                          + "), which counts as no.",
                      "Hand over to a person.")
                  .byRule(rule.name()));
        }
      }
    }
    return new Match.None(
        Denial.of(
            Reason.NO_RULE,
            "No rule in tools.yaml lets "
                + attempt.tool()
                + " act on "
                + attempt.target().describe()
                + ".",
            "Hand over to a person; an operator can add a rule to tools.yaml."));
  }

  /// What the target's namespace is for; production where it does not say, or could not be seen.
  public static Environment environment(Policy policy, Attempt attempt) {
    return attempt.surroundings().namespace()
                instanceof Known.Seen<NamespaceState>(NamespaceState namespace)
            && policy.guardrails().nonProduction().matches(namespace.labels())
        ? Environment.OTHER
        : Environment.PRODUCTION;
  }
}
