package io.github.kubewicket.policy;

import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.guard.PausedGuard;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.limit.BudgetCheck;
import io.github.kubewicket.policy.limit.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Reads where a caller stands with a target.
final class Standings {
  private static final Duration RECENT = Duration.ofDays(1);
  private static final int MOST = 5;

  private Standings() {}

  static Standing of(Policy policy, Attempt attempt, Checks checks, LedgerView view) {
    return new Standing(
        Checks.environment(policy, attempt),
        policy.guardrails().paused().or(() -> PausedGuard.inLedger(view)),
        BudgetCheck.left(policy.budgets(), attempt, view),
        checks.upcoming(policy, attempt.target(), view.now()),
        recent(attempt.target(), view));
  }

  private static List<Entry> recent(Target target, LedgerView view) {
    String key = target.workloadKey();
    List<Entry> acts =
        Arrays.stream(ChangeClass.values())
            .flatMap(changeClass ->
                view.acts(changeClass, Scope.WORKLOAD, key, view.now().minus(RECENT)).stream())
            .sorted(Comparator.comparingLong(Entry::seq))
            .toList();
    return acts.subList(Math.max(0, acts.size() - MOST), acts.size());
  }
}
