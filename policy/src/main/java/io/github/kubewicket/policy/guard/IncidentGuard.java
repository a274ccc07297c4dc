package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.Activity;
import java.util.List;

/// Nothing is touched during a security incident: a restart destroys evidence.
final class IncidentGuard implements Guard {
  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public Finding look(Case it) {
    if (!it.settings().context().incidents()) {
      return new Finding.Passed("incidents are not looked for (context.incidents is off)");
    }
    return Unseen.orRefused(it.around().incidents(), "security incidents", all -> judged(it, all));
  }

  private static Finding judged(Case it, List<Activity> all) {
    return Activities.now(it, all)
        .findFirst()
        .<Finding>map(one ->
            new Finding.Refused(
                Denial.of(
                        Reason.SECURITY_INCIDENT,
                        "A security incident is open: " + one.what() + " (" + one.source() + ").",
                        "Hand over to the people who handle it; no approval lifts this.")
                    .byRule("context.incidents")))
        .orElseGet(() -> new Finding.Passed("no security incident is open"));
  }
}
