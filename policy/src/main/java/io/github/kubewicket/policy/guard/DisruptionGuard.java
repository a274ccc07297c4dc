package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.DisruptionBudget;
import java.util.List;
import java.util.Optional;

/// PodDisruptionBudgets need headroom. An eviction without is refused, as Kubernetes would; a
/// rolling restart, which they do not stop, is left to a person.
final class DisruptionGuard implements Guard {
  @Override
  public String name() {
    return "disruption-budgets";
  }

  @Override
  public Finding look(Case it) {
    if (it.attempt().changeClass() != ChangeClass.RESTART) {
      return new Finding.Passed("no pod is disrupted");
    }
    return Unseen.orRefused(
        it.around().disruptionBudgets(), "disruption budgets", budgets -> judged(it, budgets));
  }

  private static Finding judged(Case it, List<DisruptionBudget> budgets) {
    Optional<DisruptionBudget> tight =
        budgets.stream().filter(budget -> budget.disruptionsAllowed() < 1).findFirst();
    if (tight.isEmpty()) {
      return new Finding.Passed(budgets.size() + " disruption budgets, all with headroom");
    }
    String message = "the PodDisruptionBudget " + tight.get().name() + " allows no disruption now";
    return it.attempt().target().pod().isPresent()
        ? new Finding.Refused(
            Denial.of(
                Reason.PDB_BLOCKED,
                "It is not possible: " + message + ".",
                "Wait until more pods are ready, or hand over to a person."))
        : new Finding.Ceiling(Tier.APPROVE, Reason.PDB_BLOCKED, message);
  }
}
