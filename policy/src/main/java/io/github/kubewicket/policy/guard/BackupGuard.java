package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Nothing is touched while a backup of it runs or is due: a database that is restarted during its
/// backup costs the backup, and may cost the data. Holds at every tier.
final class BackupGuard implements Guard {
  @Override
  public String name() {
    return "backups";
  }

  @Override
  public Finding look(Case it) {
    if (!it.settings().context().backups() || it.settings().context().backupReach() == Reach.OFF) {
      return new Finding.Passed("backups are not looked for (context.backups is off)");
    }
    return Unseen.orRefused(it.around().backups(), "backups", backups -> judged(it, backups));
  }

  private static Finding judged(Case it, List<Activity> backups) {
    Optional<Activity> running =
        Activities.now(it, backups).filter(one -> !one.predicted()).findFirst();
    Optional<Activity> due = Activities.now(it, backups).filter(Activity::predicted).findFirst();
    if (running.isPresent()) {
      return new Finding.Refused(running(running.get(), due));
    }
    return due.<Finding>map(one -> new Finding.Refused(due(one)))
        .orElseGet(() -> new Finding.Passed("no backup runs or is due"));
  }

  private static Denial running(Activity backup, Optional<Activity> due) {
    Denial denial =
        Denial.of(
            Reason.BACKUP_RUNNING,
            "A backup is running: "
                + backup.what()
                + " ("
                + backup.source()
                + ") since "
                + backup.from()
                + ".",
            "High load and memory are expected meanwhile. Wait until it has ended.");
    Optional<Instant> end = backup.until().or(() -> due.flatMap(Activity::until));
    return end.map(denial::until).orElse(denial).byRule("context.backups");
  }

  private static Denial due(Activity backup) {
    Denial denial =
        Denial.of(
            Reason.BACKUP_PREDICTED,
            "A backup is due: "
                + backup.what()
                + " ("
                + backup.source()
                + ") from "
                + backup.from()
                + backup.until().map(until -> " to " + until).orElse("")
                + ".",
            "Wait until it is over.");
    return backup.until().map(denial::until).orElse(denial).byRule("context.backups.predict");
  }
}
