package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// When a backup that a CronJob starts will be running, worked out from its schedule and from how
/// long it took before. Nobody has to have written it into a calendar.
///
/// @param current the run that this moment falls into, the margins included
/// @param next the next run that begins within 24 hours, its margin included
public record BackupForecast(Optional<Activity> current, Optional<Activity> next) {
  /// How long a backup is taken to last of which fewer than [#ENOUGH_RUNS] runs are known; at least
  /// as long as those.
  public static final Duration UNKNOWN_LENGTH = Duration.ofMinutes(30);

  /// How many past runs tell how long it takes; the 95th percentile then counts.
  public static final int ENOUGH_RUNS = 3;

  private static final Duration AHEAD = Duration.ofHours(24);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int PERCENT = 95;

  /// A run that ended well.
  ///
  /// @param start when it began
  /// @param took how long it took
  public record Run(Instant start, Duration took) {}

  /// What is known of a CronJob.
  ///
  /// @param name its name
  /// @param schedule its `spec.schedule`
  /// @param zone its `spec.timeZone`, or where there is none the controller's, which is UTC nearly
  ///   everywhere
  /// @param suspended its `spec.suspend`
  /// @param past its past runs that ended well, in any order; may be empty
  public record Plan(String name, String schedule, ZoneId zone, boolean suspended, List<Run> past) {
    /// Copies the list.
    public Plan {
      past = List.copyOf(past);
    }
  }

  /// The forecast for a CronJob, seen from now. A schedule that cannot be read is unknown; a
  /// suspended CronJob starts nothing.
  ///
  /// @param margin how long before a start and after a likely end nothing is to be done
  public static Known<BackupForecast> of(Plan plan, Duration margin, Instant now) {
    if (plan.suspended()) {
      return Known.of(new BackupForecast(Optional.empty(), Optional.empty()));
    }
    Optional<String> fault = CronSchedule.fault(plan.schedule());
    if (fault.isPresent()) {
      return Known.unknown(
          "When CronJob/" + plan.name() + " starts cannot be told: " + fault.get());
    }
    CronWalk walk =
        new CronWalk(CronSchedule.parse(plan.schedule()), plan.zone(), ClockChange.KUBERNETES);
    Duration length = likelyLength(plan.past());
    Instant latest = now.plus(margin);
    Optional<Instant> current = walk.atOrBefore(latest, now.minus(length).minus(margin));
    Optional<Instant> next = walk.atOrAfter(latest.plusNanos(1), latest.plus(AHEAD).plusNanos(1));
    return Known.of(
        new BackupForecast(
            current.map(start -> activity(plan, start, length, margin)),
            next.map(start -> activity(plan, start, length, margin))));
  }

  /// How long it will likely take; at most a week, whatever is said of the past.
  static Duration likelyLength(List<Run> past) {
    List<Duration> lengths = past.stream().map(Run::took).sorted().toList();
    if (lengths.size() < ENOUGH_RUNS) {
      Duration longest = lengths.isEmpty() ? Duration.ZERO : lengths.getLast();
      return atMostAWeek(longest.compareTo(UNKNOWN_LENGTH) > 0 ? longest : UNKNOWN_LENGTH);
    }
    // Nearest rank: the least length that 95 of 100 runs did not exceed.
    int rank = (lengths.size() * PERCENT + 99) / 100;
    return atMostAWeek(lengths.get(rank - 1));
  }

  private static Duration atMostAWeek(Duration length) {
    if (length.isNegative()) {
      return UNKNOWN_LENGTH;
    }
    return length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }

  private static Activity activity(Plan plan, Instant start, Duration length, Duration margin) {
    return new Activity(
        "CronJob/" + plan.name(),
        "CronJob schedule `" + plan.schedule() + "` " + plan.zone().getId(),
        true,
        start.minus(margin),
        Optional.of(start.plus(length).plus(margin)),
        Set.of());
  }
}
