package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.limit.Scope;
import io.github.kubewicket.policy.settings.BlastSettings;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// An agent acts alone on one workload per incident; more of them need a person. The server names
/// the incident, since an agent could name a new one for each act: it is what the same caller did
/// within the hour.
final class WorkloadsGuard implements Guard {
  @Override
  public String name() {
    return "workloads-per-incident";
  }

  @Override
  public Finding look(Case it) {
    BlastSettings blast = it.settings().blast();
    Target target = it.attempt().target();
    String own = target.workloadKey();
    Set<String> others =
        Arrays.stream(ChangeClass.values())
            .flatMap(changeClass ->
                it
                    .ledger()
                    .acts(
                        changeClass,
                        Scope.CALLER,
                        it.attempt().caller().name(),
                        it.now().minus(blast.incidentWindow()))
                    .stream())
            .map(act -> act.body().path("scopes").path("workload").asString(""))
            .filter(workload -> !workload.equals(own))
            .collect(Collectors.toSet());
    return others.size() >= blast.workloadsPerIncident()
        ? new Finding.Ceiling(
            Tier.APPROVE,
            Reason.BLAST_MULTI_WORKLOAD,
            it.attempt().caller().name()
                + " acted on "
                + others.size()
                + " other workloads within the same incident")
        : new Finding.Passed("no other workload was acted on in this incident");
  }
}
