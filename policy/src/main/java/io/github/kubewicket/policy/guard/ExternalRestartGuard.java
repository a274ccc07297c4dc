package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.limit.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where `tools.yaml` says so, a restart that somebody else made counts for the workload's budget.
/// The cluster tells of the last one by the annotation that `kubectl rollout restart` writes.
final class ExternalRestartGuard implements Guard {
  /// Our own restarts write the same annotation, a moment before or after their intent.
  private static final Duration OWN = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "external-restarts";
  }

  @Override
  public Finding look(Case it) {
    Optional<Budget> budget =
        it.policy().budgets().stream()
            .filter(
                one -> one.scope() == Scope.WORKLOAD && one.changeClass() == ChangeClass.RESTART)
            .findFirst();
    boolean counts =
        it.settings().countExternal()
            && it.attempt().changeClass() == ChangeClass.RESTART
            && budget.isPresent();
    return counts
        ? Unseen.orRefused(
            it.around().workload(),
            "restarts by others",
            workload -> judged(it, budget.orElseThrow(), workload))
        : new Finding.Passed("restarts by others do not count");
  }

  private static Finding judged(Case it, Budget budget, WorkloadState workload) {
    Target target = it.attempt().target();
    Instant start = it.now().minus(budget.window());
    List<Instant> own =
        it.ledger().charges(ChangeClass.RESTART, Scope.WORKLOAD, target.workloadKey(), start);
    Optional<Instant> other =
        workload
            .restartedAt()
            .filter(at -> at.isAfter(start))
            .filter(at ->
                own.stream().noneMatch(act -> Duration.between(act, at).abs().compareTo(OWN) < 0));
    return other.isPresent() && own.size() + 1 >= budget.max()
        ? new Finding.Refused(
            Denial.of(
                    Reason.COOLDOWN_WORKLOAD,
                    "Somebody else restarted "
                        + target.workload()
                        + " at "
                        + other.get()
                        + ", which uses up the budget "
                        + budget.name()
                        + " of "
                        + budget.limit()
                        + ".",
                    "Wait, or hand over to the person on call; an approval does not lift a budget.")
                .byRule(budget.name())
                .measured(budget.limit(), own.size() + 1L)
                .until(other.get().plus(budget.window())))
        : new Finding.Passed("nobody else restarted it within the budget's window");
  }
}
