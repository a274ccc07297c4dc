package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.limit.Scope;
import io.github.kubewicket.policy.settings.BlastSettings;
import java.util.List;

/// How far a workload may grow or shrink. The share is taken of what it had at the start of the
/// period, so that six times a quarter does not turn 4 into 19.
final class ScaleGuard implements Guard {
  @Override
  public String name() {
    return "scale";
  }

  @Override
  public Finding look(Case it) {
    if (it.attempt().changeClass() != ChangeClass.SCALE) {
      return new Finding.Passed("the number of replicas stays");
    }
    int wanted = it.attempt().arguments().path("replicas").asInt(-1);
    int most = it.settings().blast().maxReplicas();
    if (wanted < 0 || wanted > most) {
      return new Finding.Refused(
          Denial.of(
                  Reason.BLAST_SCALE_ABS,
                  wanted + " replicas are more than the " + most + " that anybody may ask for.",
                  "Ask for less, or hand over to a person.")
              .byRule("blastRadius.maxReplicas")
              .measured(Integer.toString(most), wanted));
    }
    return Unseen.orRefused(it.around().workload(), "replicas", now -> judged(it, wanted, now));
  }

  private static Finding judged(Case it, int wanted, WorkloadState now) {
    if (wanted < now.replicas() && StatefulGuard.isStateful(it) && !isNamed(it)) {
      return new Finding.Refused(
          Denial.of(
                  Reason.STATEFUL_SCALE_DOWN,
                  "A StatefulSet is not made smaller, from "
                      + now.replicas()
                      + " to "
                      + wanted
                      + ", unless a rule names its kind.",
                  "Hand over to a person.")
              .byRule(it.rule().name()));
    }
    BlastSettings blast = it.settings().blast();
    int base = base(it, now.replicas(), blast);
    int step = Math.max(1, Math.ceilDiv(base * blast.maxIncreasePercent(), 100));
    if (wanted > base + step) {
      return new Finding.Ceiling(
          Tier.APPROVE,
          Reason.BLAST_SCALE_PERCENT,
          wanted
              + " replicas are more than "
              + blast.maxIncreasePercent()
              + " % over the "
              + base
              + " at the start of the period; "
              + (base + step)
              + " are possible without a person");
    }
    if (wanted == 0) {
      return new Finding.Ceiling(Tier.APPROVE, Reason.LAST_REPLICA, "no replica would be left");
    }
    return new Finding.Passed("from " + base + " at the start of the period to " + wanted);
  }

  private static boolean isNamed(Case it) {
    return it.rule().kinds().contains("StatefulSet");
  }

  /// What it had before the first act of the period; what it has where that is less.
  private static int base(Case it, int now, BlastSettings blast) {
    Target target = it.attempt().target();
    List<Entry> acts =
        it.ledger()
            .acts(
                ChangeClass.SCALE,
                Scope.WORKLOAD,
                target.workloadKey(),
                it.now().minus(blast.per()));
    int start =
        acts.isEmpty()
            ? now
            : acts.getFirst().body().path("blastRadius").path("replicasBefore").asInt(now);
    return Math.min(start, now);
  }
}
