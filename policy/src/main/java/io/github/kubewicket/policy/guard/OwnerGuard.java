package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.FieldOwner;

/// What an autoscaler or a GitOps controller owns is not scaled: it would be undone, or fought
/// over.
final class OwnerGuard implements Guard {
  @Override
  public String name() {
    return "owners";
  }

  @Override
  public Finding look(Case it) {
    if (it.attempt().changeClass() != ChangeClass.SCALE) {
      return new Finding.Passed("nobody else's field is changed");
    }
    return Unseen.orRefused(
        it.around().managers(),
        "autoscalers or GitOps controllers",
        managers ->
            managers.stream()
                .findFirst()
                .<Finding>map(OwnerGuard::no)
                .orElseGet(() -> new Finding.Passed("nobody else owns the number of replicas")));
  }

  private static Finding no(FieldOwner manager) {
    return new Finding.Refused(
        switch (manager.kind()) {
          case AUTOSCALER ->
              Denial.of(
                  Reason.AUTOSCALER_OWNED,
                  manager.what() + " owns the number of replicas and would undo the change.",
                  "Hand over to a person, who can change the autoscaler's limits.");
          case GITOPS ->
              Denial.of(
                  Reason.GITOPS_OWNED,
                  manager.what() + " owns the manifest and would undo the change.",
                  "Hand over to a person, who can change it in Git.");
        });
  }
}
