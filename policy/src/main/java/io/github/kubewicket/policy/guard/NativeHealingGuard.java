package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.WorkloadState;
import java.util.ArrayList;
import java.util.List;

/// Kubernetes heals by itself what has probes, replicas and a disruption budget; agents do not
/// stand in for what is missing. The answer says what is.
final class NativeHealingGuard implements Guard {
  @Override
  public String name() {
    return "native-healing";
  }

  @Override
  public Finding look(Case it) {
    if (!it.settings().nativeHealing()) {
      return new Finding.Passed("native healing is not looked at (nativeHealing is off)");
    }
    List<String> missing =
        it.around()
            .workload()
            .map(workload -> missing(workload, it.around().disruptionBudgets().orElse(List.of())))
            .orElse(List.of("a look at the workload"));
    return missing.isEmpty()
        ? new Finding.Passed("probes, replicas and a disruption budget are there")
        : new Finding.Ceiling(
            Tier.APPROVE,
            Reason.NATIVE_HEALING_MISSING,
            it.attempt().target().workload() + " lacks " + String.join(", ", missing));
  }

  private static List<String> missing(WorkloadState workload, List<DisruptionBudget> budgets) {
    List<String> missing = new ArrayList<>();
    if (!workload.readinessProbes()) {
      missing.add("a readiness probe");
    }
    if (!workload.livenessProbes()) {
      missing.add("a liveness probe");
    }
    if (workload.replicas() < 2) {
      missing.add("a second replica");
    }
    if (budgets.isEmpty()) {
      missing.add("a PodDisruptionBudget");
    }
    return missing;
  }
}
