package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/// Weekly times on a calendar. A time of day that a change of the clock leaves out becomes the
/// moment of the change. Of one that there is twice, the first counts, except for the end of what
/// closes, which is the second.
final class WeeklyTimes {
  private static final int DAYS_BACK = 2;
  private static final int DAYS_AHEAD = 9;

  private WeeklyTimes() {}

  static Position position(Times.Weekly weekly, Window.Mode mode, Instant moment) {
    LocalDate today = LocalDate.ofInstant(moment, weekly.zone());
    for (int day = -DAYS_BACK; day <= DAYS_AHEAD; day++) {
      LocalDate date = today.plusDays(day);
      if (weekly.days().contains(date.getDayOfWeek())) {
        Span span = span(weekly, mode, date);
        if (span.contains(moment)) {
          return new Position.Inside(span.until());
        }
        if (span.from().isAfter(moment) && span.from().isBefore(span.until())) {
          return new Position.Outside(Optional.of(span.from()));
        }
      }
    }
    return new Position.Outside(Optional.empty());
  }

  private static Span span(Times.Weekly weekly, Window.Mode mode, LocalDate date) {
    ZoneRules rules = weekly.zone().getRules();
    boolean pastMidnight = !weekly.to().isAfter(weekly.from());
    LocalDate lastDate = pastMidnight ? date.plusDays(1) : date;
    return new Span(
        moment(rules, date.atTime(weekly.from()), false),
        moment(rules, lastDate.atTime(weekly.to()), mode == Window.Mode.DENY));
  }

  private static Instant moment(ZoneRules rules, LocalDateTime local, boolean last) {
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    return offsets.isEmpty()
        ? rules.getTransition(local).getInstant()
        : local.toInstant(last ? offsets.getLast() : offsets.getFirst());
  }
}
