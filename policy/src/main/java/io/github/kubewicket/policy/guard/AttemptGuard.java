package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Outcome;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.limit.Scope;
import io.github.kubewicket.policy.settings.AttemptSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// After three attempts that did not hold, a person decides. Only health for an hour begins the
/// count anew, or a person: by approving an act, or by `kubewicket release`.
final class AttemptGuard implements Guard {
  private static final Duration LONGEST_STORY = Duration.ofDays(7);

  @Override
  public String name() {
    return "attempts";
  }

  @Override
  public Finding look(Case it) {
    AttemptSettings settings = it.settings().attempts();
    int attempts = wellFor(it, settings.healthyFor()) ? 0 : attempts(it, settings.healthyFor());
    return attempts >= settings.max()
        ? new Finding.Ceiling(
            Tier.APPROVE,
            Reason.ESCALATED,
            attempts
                + " attempts on "
                + it.attempt().target().workload()
                + " did not hold for "
                + settings.healthyFor().toMinutes()
                + " min")
        : new Finding.Passed(attempts + " of " + settings.max() + " attempts");
  }

  private static boolean wellFor(Case it, Duration time) {
    return it.around()
        .workload()
        .map(WorkloadState::availableSince)
        .map(since -> since.filter(at -> !at.isAfter(it.now().minus(time))).isPresent())
        .orElse(false);
  }

  private static int attempts(Case it, Duration healthyFor) {
    Target target = it.attempt().target();
    String workload = target.namespace() + "/" + target.workload();
    long released =
        it.ledger().about(EntryType.RELEASED, workload, Instant.EPOCH, 1).stream()
            .map(Entry::seq)
            .findFirst()
            .orElse(0L);
    List<Entry> acts =
        it.ledger()
            .acts(
                it.attempt().changeClass(),
                Scope.WORKLOAD,
                target.workloadKey(),
                it.now().minus(LONGEST_STORY));
    Instant next = it.now();
    int attempts = 0;
    for (Entry act : acts.reversed()) {
      boolean held = held(it, act) && !next.minus(healthyFor).isBefore(act.at());
      boolean approved = act.text("tier").equals(Tier.APPROVE.word());
      if (held || approved || act.seq() < released) {
        return attempts;
      }
      attempts += act.body().has("revertOf") ? 0 : 1;
      next = act.at();
    }
    return attempts;
  }

  private static boolean held(Case it, Entry act) {
    return it.ledger().ofChange(act.text("changeId")).stream()
        .anyMatch(entry ->
            entry.type() == EntryType.OUTCOME
                && entry.text("result").equals(Outcome.Result.VERIFIED.word()));
  }
}
