package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A young pod is not restarted. A replacement has a new name and a new UID, so no count of acts on
/// a pod can see that its predecessor was restarted a minute ago, by whomever; its age can.
final class PodAgeGuard implements Guard {
  @Override
  public String name() {
    return "pod-age";
  }

  @Override
  public Finding look(Case it) {
    Duration least = it.settings().podMinAge();
    boolean restartsPod =
        it.attempt().changeClass() == ChangeClass.RESTART
            && it.attempt().target().pod().isPresent();
    if (!restartsPod || least.isZero()) {
      return new Finding.Passed("no pod's age matters");
    }
    return Unseen.orRefused(it.around().pod(), "younger pods", pod -> judged(it, least, pod));
  }

  private static Finding judged(Case it, Duration least, Optional<PodState> pod) {
    Instant old = pod.map(PodState::created).orElse(it.now()).plus(least);
    return it.now().isBefore(old)
        ? new Finding.Refused(
            Denial.of(
                    Reason.COOLDOWN_POD,
                    "The pod "
                        + it.attempt().target().name()
                        + " is younger than "
                        + least.toMinutes()
                        + " min, so it was started anew within that time already.",
                    "Wait, or hand over to the person on call; an approval does not lift this.")
                .byRule("budgets.podMinAge")
                .until(old))
        : new Finding.Passed("the pod is old enough");
  }
}
