package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.limit.BudgetCheck;

/// Budgets are exact, counted over the ledger; no approval lifts them.
final class BudgetGuard implements Guard {
  @Override
  public String name() {
    return "budgets";
  }

  @Override
  public Finding look(Case it) {
    return BudgetCheck.firstUsedUp(it.policy().budgets(), it.attempt(), it.ledger())
        .<Finding>map(Finding.Refused::new)
        .orElseGet(() -> new Finding.Passed("no budget is used up"));
  }
}
