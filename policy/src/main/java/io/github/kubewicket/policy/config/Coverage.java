package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.NamePatterns;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.rules.RuleTerms;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Whether one rule speaks about everything that another one speaks about. Only sure answers: a
/// `no` may be a cover that it does not see.
final class Coverage {
  private Coverage() {}

  /// Whether `first` matches wherever `second` does.
  static boolean covers(Rule first, Rule second) {
    return first.tools().containsAll(second.tools())
        && (first.kinds().isEmpty()
            || (!second.kinds().isEmpty() && first.kinds().containsAll(second.kinds())))
        && second.namespaces().stream().allMatch(name -> covers(first.namespaces(), name))
        && first.labels().requirements().stream()
            .allMatch(it -> follows(it, second.labels().requirements()))
        && coversTerms(first.terms(), second.terms());
  }

  // What a rule requires does not count: a rule that matches decides, if only to refuse.
  private static boolean coversTerms(RuleTerms first, RuleTerms second) {
    return (first.callers().isEmpty()
            || (!second.callers().isEmpty()
                && second.callers().stream().allMatch(name -> covers(first.callers(), name))))
        && (first.environments().isEmpty()
            || (!second.environments().isEmpty()
                && first.environments().containsAll(second.environments())))
        && (first.clusters().isEmpty()
            || (!second.clusters().isEmpty() && first.clusters().containsAll(second.clusters())))
        && (first.when().isEmpty() || first.when().equals(second.when()));
  }

  /// Whether one of these patterns fits every name that this pattern fits: it fits the pattern's
  /// own text.
  static boolean covers(List<String> patterns, String name) {
    return NamePatterns.anyFits(patterns, name);
  }

  /// Whether there is a name that both patterns fit.
  static boolean meet(String one, String other) {
    return NamePatterns.fits(one, other)
        || NamePatterns.fits(other, one)
        || (one.endsWith("*") && other.endsWith("*") && prefixesMeet(one, other));
  }

  private static boolean prefixesMeet(String one, String other) {
    String a = one.substring(0, one.length() - 1);
    String b = other.substring(0, other.length() - 1);
    return a.startsWith(b) || b.startsWith(a);
  }

  /// Whether no object can satisfy the selector.
  static boolean isImpossible(LabelSelector selector) {
    List<Requirement> all = selector.requirements();
    return all.stream().anyMatch(it -> all.stream().anyMatch(other -> contradicts(it, other)));
  }

  private static boolean follows(Requirement wanted, List<Requirement> given) {
    return given.stream().anyMatch(it -> implies(it, wanted));
  }

  private static boolean implies(Requirement given, Requirement wanted) {
    return switch (wanted) {
      case Requirement.In(String key, Set<String> values) ->
          given instanceof Requirement.In(String k, Set<String> v)
              && k.equals(key)
              && values.containsAll(v);
      case Requirement.NotIn(String key, Set<String> values) ->
          switch (given) {
            case Requirement.In(String k, Set<String> v) ->
                k.equals(key) && Collections.disjoint(v, values);
            case Requirement.NotIn(String k, Set<String> v) ->
                k.equals(key) && v.containsAll(values);
            case Requirement.Absent(String k) -> k.equals(key);
            case Requirement.Exists _ -> false;
          };
      case Requirement.Exists(String key) ->
          (given instanceof Requirement.Exists(String k) && k.equals(key))
              || (given instanceof Requirement.In(String in, Set<String> _) && in.equals(key));
      case Requirement.Absent(String key) ->
          given instanceof Requirement.Absent(String k) && k.equals(key);
    };
  }

  private static boolean contradicts(Requirement one, Requirement other) {
    return switch (one) {
      case Requirement.In(String key, Set<String> values) ->
          switch (other) {
            case Requirement.In(String k, Set<String> v) ->
                k.equals(key) && Collections.disjoint(values, v);
            case Requirement.NotIn(String k, Set<String> v) ->
                k.equals(key) && v.containsAll(values);
            case Requirement.Absent(String k) -> k.equals(key);
            case Requirement.Exists _ -> false;
          };
      case Requirement.Exists(String key) ->
          other instanceof Requirement.Absent(String k) && k.equals(key);
      case Requirement.NotIn _, Requirement.Absent _ -> false;
    };
  }
}
