package io.github.kubewicket.policy;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.limit.BudgetLeft;
import io.github.kubewicket.policy.window.Upcoming;
import java.util.List;
import java.util.Optional;

/// Where a caller stands with a target: what the policy and the ledger say about it now.
///
/// @param environment what its namespace is for
/// @param paused why writes are paused, if they are
/// @param budgets every budget that an act on it would be charged to, of all classes
/// @param windows when the windows that concern it begin and end within a day
/// @param recent the newest acts on its workload of the last day, oldest first, at most 5
public record Standing(
    Environment environment,
    Optional<String> paused,
    List<BudgetLeft> budgets,
    List<Upcoming> windows,
    List<Entry> recent) {
  /// Copies the lists.
  public Standing {
    budgets = List.copyOf(budgets);
    windows = List.copyOf(windows);
    recent = List.copyOf(recent);
  }
}
