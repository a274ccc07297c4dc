package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.ledger.Entry;

/// One change at a time: another one on the same object, or on its workload, that has no outcome
/// yet comes first.
final class LockGuard implements Guard {
  @Override
  public String name() {
    return "lock";
  }

  @Override
  public Finding look(Case it) {
    Target target = it.attempt().target();
    return it.ledger().openIntents().stream()
        .filter(open -> concerns(open, target))
        .findFirst()
        .<Finding>map(open ->
            new Finding.Refused(
                Denial.of(
                    Reason.LOCKED,
                    "The change "
                        + open.text("changeId")
                        + " on "
                        + target.describe()
                        + " is still under way.",
                    "Wait until it has a verdict, then look at the target again.")))
        .orElseGet(() -> new Finding.Passed("no other change is under way"));
  }

  private static boolean concerns(Entry open, Target target) {
    String workload = open.body().path("scopes").path("workload").asString("");
    return open.text("targetUid").equals(target.uid()) || workload.equals(target.workloadKey());
  }
}
