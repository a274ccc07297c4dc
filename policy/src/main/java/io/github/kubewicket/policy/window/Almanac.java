package io.github.kubewicket.policy.window;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Says where a moment stands to a window's times.
final class Almanac {
  private static final int MOST_SCHEDULES = 1_000;

  private final Calendars calendars;
  private final Map<String, CronSchedule> schedules;

  Almanac(Calendars calendars) {
    this(calendars, new ConcurrentHashMap<>());
  }

  private Almanac(Calendars calendars, Map<String, CronSchedule> schedules) {
    this.calendars = calendars;
    this.schedules = schedules;
  }

  /// The same for one question, by one thread: each calendar is asked once, as of now, whatever
  /// moment of the future is looked at.
  Almanac asOf(Instant now) {
    Map<Times.Calendar, Calendars.Answer> asked = new HashMap<>();
    return new Almanac(
        (calendar, _) -> asked.computeIfAbsent(calendar, it -> calendars.at(it, now)), schedules);
  }

  /// Where `moment` stands.
  Position position(Times times, Window.Mode mode, Instant moment) {
    return switch (times) {
      case Times.Dates dates -> stretch(new Span(dates.from(), dates.until()), moment);
      case Times.Weekly weekly -> WeeklyTimes.position(weekly, mode, moment);
      case Times.Cron cron -> position(cron, mode, moment);
      case Times.Calendar calendar ->
          switch (calendars.at(calendar, moment)) {
            case Calendars.Answer.Busy busy -> position(busy, moment);
            case Calendars.Answer.Unavailable(String why) -> new Position.Unclear(why, true);
          };
    };
  }

  private Position position(Times.Cron cron, Window.Mode mode, Instant moment) {
    if (!cron.duration().isPositive()) {
      return new Position.Unclear(
          "The schedule `" + cron.schedule() + "` lasts for no time.", false);
    }
    CronSchedule schedule = schedules.get(cron.schedule());
    if (schedule == null) {
      Optional<String> fault = CronSchedule.fault(cron.schedule());
      if (fault.isPresent()) {
        return new Position.Unclear(fault.get(), false);
      }
      schedule = remember(cron.schedule());
    }
    CronWalk walk = new CronWalk(schedule, cron.zone(), onClockChange(mode));
    Duration length = cron.duration();
    return walk.atOrBefore(moment, moment.minus(length))
        .<Position>map(start -> new Position.Inside(start.plus(length)))
        .orElseGet(
            () -> new Position.Outside(walk.atOrAfter(moment, moment.plus(CronSchedule.HORIZON))));
  }

  private CronSchedule remember(String text) {
    if (schedules.size() >= MOST_SCHEDULES) {
      // Policies that were replaced leave theirs behind.
      schedules.clear();
    }
    return schedules.computeIfAbsent(text, CronSchedule::parse);
  }

  private static Position position(Calendars.Answer.Busy busy, Instant moment) {
    int low = 0;
    int high = busy.spans().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (busy.spans().get(middle).until().isAfter(moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == busy.spans().size()
        ? new Position.Outside(Optional.empty())
        : stretch(busy.spans().get(low), moment);
  }

  private static Position stretch(Span span, Instant moment) {
    if (span.contains(moment)) {
      return new Position.Inside(span.until());
    }
    boolean isAhead = moment.isBefore(span.from()) && span.from().isBefore(span.until());
    return new Position.Outside(isAhead ? Optional.of(span.from()) : Optional.empty());
  }

  private static ClockChange onClockChange(Window.Mode mode) {
    return switch (mode) {
      case DENY -> ClockChange.CLOSING;
      case ALLOW -> ClockChange.OPENING;
    };
  }
}
