package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import java.util.List;

/// Nothing is mended while it is being deployed: what looks broken may be on its way.
final class DeploymentGuard implements Guard {
  @Override
  public String name() {
    return "deployments";
  }

  @Override
  public Finding look(Case it) {
    Reach reach = it.settings().context().deployments();
    if (reach == Reach.OFF) {
      return new Finding.Passed("rollouts are not looked for (context.deployments is off)");
    }
    return Unseen.orRefused(
        it.around().deployments(), "deployments under way", all -> judged(it, reach, all));
  }

  private static Finding judged(Case it, Reach reach, List<Activity> all) {
    return (reach == Reach.NAMESPACE ? all.stream() : Activities.now(it, all))
        .findFirst()
        .<Finding>map(one ->
            new Finding.Refused(
                Denial.of(
                        Reason.DEPLOY_IN_PROGRESS,
                        "A deployment is under way: " + one.what() + " (" + one.source() + ").",
                        "Wait until it has ended, then look again.")
                    .byRule("context.deployments")))
        .orElseGet(() -> new Finding.Passed("no deployment is under way"));
  }
}
