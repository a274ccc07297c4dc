package io.github.kubewicket.policy.limit;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.ledger.LedgerView;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Counts acts over the ledger with an exact sliding window: at no moment do the last `window` hold
/// more than `max` acts. There is no second place where a count is kept, so it holds across
/// restarts and processes.
public final class BudgetCheck {
  private BudgetCheck() {}

  /// The keys that an act on this target is charged to, as the intent's `scopes`.
  public static ObjectNode scopes(Attempt attempt) {
    ObjectNode scopes = JsonNodeFactory.instance.objectNode();
    keys(attempt).forEach((scope, key) -> scopes.put(scope.word(), key));
    return scopes;
  }

  /// The first budget that is used up, if any, from the narrowest scope to the widest.
  public static Optional<Denial> firstUsedUp(
      List<Budget> budgets, Attempt attempt, LedgerView ledger) {
    Map<Scope, String> keys = keys(attempt);
    return budgets.stream()
        .filter(budget -> budget.changeClass() == attempt.changeClass())
        .filter(budget -> keys.containsKey(budget.scope()))
        .sorted((a, b) -> a.scope().compareTo(b.scope()))
        .flatMap(budget -> usedUp(budget, keys, ledger).stream())
        .findFirst();
  }

  /// What every budget that an act on this target is charged to leaves, whatever its class.
  public static List<BudgetLeft> left(List<Budget> budgets, Attempt attempt, LedgerView ledger) {
    Map<Scope, String> keys = keys(attempt);
    return budgets.stream()
        .filter(budget -> keys.containsKey(budget.scope()))
        .map(budget -> {
          List<Instant> charges = charges(budget, keys, ledger);
          return new BudgetLeft(
              budget,
              charges.size(),
              charges.stream().findFirst().map(first -> first.plus(budget.window())));
        })
        .toList();
  }

  private static List<Instant> charges(Budget budget, Map<Scope, String> keys, LedgerView ledger) {
    return ledger.charges(
        budget.changeClass(),
        budget.scope(),
        keys.getOrDefault(budget.scope(), ""),
        ledger.now().minus(budget.window()));
  }

  private static Optional<Denial> usedUp(
      Budget budget, Map<Scope, String> keys, LedgerView ledger) {
    List<Instant> charges = charges(budget, keys, ledger);
    String key = keys.getOrDefault(budget.scope(), "");
    if (charges.size() < budget.max()) {
      return Optional.empty();
    }
    // The window is open again when so many charges have left it that one more fits.
    Optional<Instant> retryAfter =
        budget.max() == 0
            ? Optional.empty()
            : Optional.of(charges.get(charges.size() - budget.max()).plus(budget.window()));
    String when = retryAfter.map(at -> " Try again after " + at + ".").orElse("");
    return Optional.of(
        new Denial(
            code(budget.scope()),
            "The budget "
                + budget.name()
                + " of "
                + budget.limit()
                + " is used up for "
                + shown(key)
                + ": "
                + charges.size()
                + " used."
                + when,
            "Wait, or hand over to the person on call; an approval does not lift a budget.",
            Optional.of(budget.name()),
            Optional.of(budget.limit()),
            OptionalLong.of(charges.size()),
            retryAfter,
            OptionalLong.empty()));
  }

  private static Reason code(Scope scope) {
    return switch (scope) {
      case POD -> Reason.COOLDOWN_POD;
      case WORKLOAD -> Reason.COOLDOWN_WORKLOAD;
      case NAMESPACE -> Reason.RATE_NAMESPACE;
      case CLUSTER -> Reason.RATE_CLUSTER;
      case TOOL -> Reason.RATE_TOOL;
      case CALLER -> Reason.RATE_CALLER;
    };
  }

  private static Map<Scope, String> keys(Attempt attempt) {
    Target target = attempt.target();
    Map<Scope, String> keys = new EnumMap<>(Scope.class);
    target.pod().ifPresent(pod -> keys.put(Scope.POD, target.workloadKey() + "/" + pod));
    keys.put(Scope.WORKLOAD, target.workloadKey());
    keys.put(Scope.NAMESPACE, target.namespaceKey());
    keys.put(Scope.CLUSTER, target.cluster());
    keys.put(Scope.TOOL, target.cluster() + "/" + attempt.tool());
    keys.put(Scope.CALLER, attempt.caller().name());
    return keys;
  }

  /// A key without the cluster's UID, which tells a reader nothing.
  private static String shown(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(slash + 1);
  }
}
