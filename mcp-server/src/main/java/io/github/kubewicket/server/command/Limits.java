package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.limit.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is left of the budgets: counted over the ledger just as the gate counts, nothing is kept.
final class Limits {
  private Limits() {}

  /// One budget and what it was used for.
  ///
  /// @param budget the budget
  /// @param key what it was charged to; empty where nothing was in its window
  /// @param used acts in the window
  /// @param next when one act leaves the window, so that one more fits; empty where that is never
  ///   so, or nothing is used
  record Line(Budget budget, Optional<String> key, int used, Optional<Instant> next) {
    int left() {
      return Math.max(0, budget.max() - used);
    }
  }

  /// A line for everything that was charged, and one for each budget that was not.
  ///
  /// @param namespace shows only this namespace, its workloads and pods, and what spans namespaces
  static List<Line> of(List<Budget> budgets, LedgerView ledger, Optional<String> namespace) {
    Instant now = ledger.now();
    Duration longest =
        budgets.stream().map(Budget::window).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    List<Entry> intents = new ArrayList<>();
    ledger.forEach(
        firstAfter(now.minus(longest), ledger),
        entry -> {
          if (entry.type() == EntryType.INTENT) {
            intents.add(entry);
          }
        });
    List<Line> lines = new ArrayList<>();
    for (Budget budget : budgets) {
      List<Line> charged =
          keys(budget, intents, namespace).stream()
              .map(key -> line(budget, key, ledger, now))
              .filter(line -> line.used() > 0)
              .toList();
      lines.addAll(
          charged.isEmpty()
              ? List.of(new Line(budget, Optional.empty(), 0, Optional.empty()))
              : charged);
    }
    return lines;
  }

  private static SortedSet<String> keys(
      Budget budget, List<Entry> intents, Optional<String> namespace) {
    SortedSet<String> keys = new TreeSet<>();
    for (Entry intent : intents) {
      String key = intent.body().path("scopes").path(budget.scope().word()).asString("");
      if (!key.isEmpty()
          && intent.text("class").equals(budget.changeClass().word())
          && isIn(budget.scope(), key, namespace)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /// The keys of a namespace and of what is in it begin with cluster and namespace.
  private static boolean isIn(Scope scope, String key, Optional<String> namespace) {
    return namespace.isEmpty()
        || scope.compareTo(Scope.NAMESPACE) > 0
        || namespace.get().equals(key.split("/", -1)[1]);
  }

  private static Line line(Budget budget, String key, LedgerView ledger, Instant now) {
    List<Instant> charges =
        ledger.charges(budget.changeClass(), budget.scope(), key, now.minus(budget.window()));
    int used = charges.size();
    Optional<Instant> next =
        used == 0 || budget.max() == 0
            ? Optional.empty()
            : Optional.of(charges.get(Math.max(0, used - budget.max())).plus(budget.window()));
    return new Line(budget, Optional.of(key), used, next);
  }

  /// The first entry after this moment: numbers have no gaps and times only grow, so it is found by
  /// halving.
  private static long firstAfter(Instant moment, LedgerView ledger) {
    long low = 1;
    long high = ledger.last().map(Entry::seq).orElse(0L) + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (ledger.entry(middle).filter(entry -> entry.at().isAfter(moment)).isPresent()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
