package io.github.kubewicket.policy.limit;

import java.time.Instant;
import java.util.Optional;

/// What a budget leaves.
///
/// @param budget the budget
/// @param used how many acts its window holds now
/// @param nextAt when the oldest of them leaves the window; empty where there is none
public record BudgetLeft(Budget budget, int used, Optional<Instant> nextAt) {
  /// How many more acts fit now.
  public int left() {
    return Math.max(0, budget.max() - used);
  }
}
