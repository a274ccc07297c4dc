package io.github.kubewicket.server.rbac;

import static io.github.kubewicket.server.tools.ToolRights.rights;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.policy.settings.NeverItem;
import io.github.kubewicket.server.tools.Right;
import io.github.kubewicket.server.tools.ToolRights;
import io.github.kubewicket.server.tools.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Goes through a policy and notes what it needs.
final class Survey {
  private final Policy policy;
  private final List<NeverItem> closed = new ArrayList<>();
  private final SortedSet<Right> reads = new TreeSet<>();
  private final SortedSet<Right> context = new TreeSet<>();
  private final SortedMap<String, Needs.Grant> grants = new TreeMap<>();
  private final SortedSet<String> unlocated = new TreeSet<>();

  Survey(Policy policy) {
    this.policy = policy;
    closed.addAll(policy.guardrails().never());
  }

  Needs needs() {
    boolean anyKind = false;
    for (String tool : policy.tools()) {
      Optional<ToolRights.Reads> needed = ToolRights.read(tool);
      anyKind |= needed.map(ToolRights.Reads::anyKind).orElse(false);
      needed.map(ToolRights.Reads::rights).ifPresent(reads::addAll);
    }
    for (Rule rule : policy.rules()) {
      if (rule.tier() != Tier.NEVER) {
        rule.tools().forEach(tool -> note(rule, tool));
      } else if (isUnconditional(rule)) {
        closed.add(new NeverItem(rule.kinds(), rule.tools(), rule.namespaces()));
      }
    }
    if (!grants.isEmpty() || policy.tools().contains("get_context")) {
      context.addAll(ContextRights.of(policy.guardrails().context()));
    }
    return new Needs(anyKind, reads, context, grants, unlocated);
  }

  private void note(Rule rule, String tool) {
    Set<String> kinds = rule.kinds().isEmpty() ? ToolRights.kinds(tool) : rule.kinds();
    for (String pattern : rule.namespaces()) {
      for (String scope : policy.guardrails().scope().namespaces()) {
        Patterns.both(pattern, scope)
            .filter(place -> isInScope(place))
            .ifPresent(place -> note(rule, tool, kinds, place));
      }
    }
  }

  private void note(Rule rule, String tool, Set<String> kinds, String place) {
    SortedSet<String> open = new TreeSet<>(kinds);
    open.removeIf(kind -> closed.stream().anyMatch(item -> closes(item, tool, kind, place)));
    // A pod's owner that is of none of these kinds is refused before anything is asked of it.
    Optional.ofNullable(Tools.kinds().get(tool)).ifPresent(open::retainAll);
    if (open.isEmpty()) {
      return;
    }
    open.stream().filter(kind -> !ToolRights.located(kind)).forEach(unlocated::add);
    SortedSet<Right> rights = new TreeSet<>(ToolRights.write(tool, open).orElse(Set.of()));
    ContextSettings settings = policy.guardrails().context();
    if (settings.helm() && settings.deployments() != Reach.OFF) {
      rights.addAll(rights("", "secrets", "list"));
    }
    String name = rule.name() + (rule.tier() == Tier.SUGGEST ? " (suggest)" : "");
    grants.merge(place, new Needs.Grant(new TreeSet<>(Set.of(name)), rights), Needs.Grant::and);
  }

  private boolean isInScope(String place) {
    return policy.guardrails().scope().neverNamespaces().stream()
        .noneMatch(never -> Patterns.covers(never, place));
  }

  private static boolean closes(NeverItem item, String tool, String kind, String place) {
    return (item.tools().isEmpty() || item.tools().contains(tool))
        && (item.kinds().isEmpty() || item.kinds().contains("*") || item.kinds().contains(kind))
        && (item.namespaces().isEmpty()
            || item.namespaces().stream().anyMatch(never -> Patterns.covers(never, place)));
  }

  private static boolean isUnconditional(Rule rule) {
    return rule.labels().equals(LabelSelector.EVERYTHING)
        && rule.terms().callers().isEmpty()
        && rule.terms().environments().isEmpty()
        && rule.terms().when().isEmpty()
        && rule.terms().require().isEmpty();
  }
}
