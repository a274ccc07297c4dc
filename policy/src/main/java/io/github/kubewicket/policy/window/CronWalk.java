package io.github.kubewicket.policy.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the starts of a schedule in a zone. It goes from one change of the clock to the next:
/// between two of them local time is time plus a constant, and nothing can go wrong.
final class CronWalk {
  private final CronSchedule schedule;
  private final ZoneRules rules;
  private final ClockChange change;

  CronWalk(CronSchedule schedule, ZoneId zone, ClockChange change) {
    this.schedule = schedule;
    this.rules = zone.getRules();
    this.change = change;
  }

  /// The first start at or after one moment, and before another.
  Optional<Instant> atOrAfter(Instant from, Instant before) {
    Instant at = from;
    while (at.isBefore(before)) {
      ZoneOffsetTransition behind = changeAtOrBefore(at);
      if (behind != null && behind.getInstant().equals(at) && firesAfterGap(behind)) {
        return Optional.of(at);
      }
      ZoneOffsetTransition ahead = rules.nextTransition(at);
      Instant end =
          ahead != null && ahead.getInstant().isBefore(before) ? ahead.getInstant() : before;
      ZoneOffset offset = rules.getOffset(at);
      LocalDateTime found =
          schedule.firstAtOrAfter(local(later(at, begin(behind)), offset), local(end, offset));
      if (found != null) {
        return Optional.of(found.toInstant(offset));
      }
      at = end;
    }
    return Optional.empty();
  }

  /// The last start at or before one moment, and after another.
  Optional<Instant> atOrBefore(Instant to, Instant after) {
    Instant at = to;
    while (at.isAfter(after)) {
      ZoneOffsetTransition behind = changeAtOrBefore(at);
      ZoneOffset offset = rules.getOffset(at);
      Instant begin = later(after.plusNanos(1), begin(behind));
      LocalDateTime found = schedule.lastAtOrBefore(local(at, offset), local(begin, offset));
      if (found != null) {
        return Optional.of(found.toInstant(offset));
      }
      if (behind == null || !behind.getInstant().isAfter(after)) {
        return Optional.empty();
      }
      if (firesAfterGap(behind)) {
        return Optional.of(behind.getInstant());
      }
      at = behind.getInstant().minusNanos(1);
    }
    return Optional.empty();
  }

  private @Nullable ZoneOffsetTransition changeAtOrBefore(Instant at) {
    return rules.previousTransition(at.plusNanos(1));
  }

  /// From when on local times count after a change of the clock.
  private Instant begin(@Nullable ZoneOffsetTransition behind) {
    if (behind == null) {
      return Instant.MIN;
    }
    boolean repeats = behind.isOverlap() && change == ClockChange.OPENING;
    Duration skipped = repeats ? behind.getDuration().abs() : Duration.ZERO;
    return behind.getInstant().plus(skipped);
  }

  private boolean firesAfterGap(ZoneOffsetTransition at) {
    return change == ClockChange.CLOSING
        && at.isGap()
        && schedule.firstAtOrAfter(at.getDateTimeBefore(), at.getDateTimeAfter()) != null;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDateTime local(Instant moment, ZoneOffset offset) {
    return LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), offset);
  }
}
