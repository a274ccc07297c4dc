package io.github.kubewicket.policy.window;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One VEVENT, and when it goes on.
final class CalendarEvent {
  private static final Duration LONGEST_RECURRING = Duration.ofDays(366);
  private static final Pattern DURATION =
      Pattern.compile(
          "\\+?P(?:(\\d{1,4})W)?(?:(\\d{1,5})D)?(?:T(?:(\\d{1,5})H)?(?:(\\d{1,6})M)?(?:(\\d{1,7})S)?)?");

  private final CalendarComponent component;
  private final CalendarZones zones;
  private final ZoneId floating;
  private final ZoneRules rules;
  private final LocalDateTime start;
  private final Length length;

  /// @param floating the zone of all-day events, and of times that name none
  CalendarEvent(CalendarComponent component, CalendarZones zones, ZoneId floating)
      throws CalendarFault {
    this.component = component;
    this.zones = zones;
    this.floating = floating;
    CalendarComponent.Line line = component.required("DTSTART");
    this.rules = rules(line, line.value());
    this.start = CalendarTime.local(line.value());
    this.length = length(isDay(line));
  }

  /// How long it is: days as the calendar counts them, and time on top.
  private record Length(Period days, Duration time) {
    Instant after(LocalDateTime start, ZoneRules rules) {
      LocalDateTime end = start.plus(days);
      return CalendarTime.moment(end, rules).plus(time);
    }
  }

  /// When it goes on within a stretch of time; what is replaced elsewhere is left out.
  ///
  /// @param replaced starts of which other events of the calendar speak
  List<Span> spans(Span within, Set<Instant> replaced) throws CalendarFault {
    Set<Instant> excluded = moments("EXDATE");
    excluded.addAll(replaced);
    List<Span> spans = new ArrayList<>();
    for (LocalDateTime local : starts(within)) {
      Instant from = CalendarTime.moment(local, rules);
      Instant until = length.after(local, rules);
      if (!excluded.contains(from)
          && until.isAfter(within.from())
          && from.isBefore(within.until())
          && from.isBefore(until)) {
        spans.add(new Span(from, until));
      }
    }
    return spans;
  }

  /// The name that it shares with the events that replace single ones of it.
  Optional<String> uid() {
    return component.first("UID").map(CalendarComponent.Line::value);
  }

  /// The start that it replaces, where it replaces one.
  Optional<Instant> replaces() throws CalendarFault {
    Optional<CalendarComponent.Line> line = component.first("RECURRENCE-ID");
    if (line.isEmpty()) {
      return Optional.empty();
    }
    if (line.get().parameter("RANGE").isPresent()) {
      throw new CalendarFault("changes a series from one event on (RANGE), which is not supported");
    }
    return Optional.of(moment(line.get(), line.get().value()));
  }

  /// Whether it takes no time: cancelled, or marked as free.
  boolean isFree() {
    return component.says("STATUS", "CANCELLED") || component.says("TRANSP", "TRANSPARENT");
  }

  private Set<LocalDateTime> starts(Span within) throws CalendarFault {
    Set<LocalDateTime> starts = new TreeSet<>(Set.of(start));
    if (component.first("EXRULE").isPresent()) {
      throw new CalendarFault("has an event with EXRULE, which is not supported");
    }
    for (Instant moment : moments("RDATE")) {
      starts.add(LocalDateTime.ofInstant(moment, rules.getOffset(moment)));
    }
    for (CalendarComponent.Line line : component.all("RRULE")) {
      starts.addAll(recurring(CalendarRule.parse(line.value()), within));
    }
    return starts;
  }

  private List<LocalDateTime> recurring(CalendarRule rule, Span within) throws CalendarFault {
    Duration longest =
        Duration.between(CalendarTime.moment(start, rules), length.after(start, rules));
    if (longest.compareTo(LONGEST_RECURRING) > 0) {
      throw new CalendarFault("has a recurring event that is longer than a year");
    }
    // Two days more on either side than any zone is away from UTC.
    LocalDateTime from = local(within.from().minus(longest).minus(2, ChronoUnit.DAYS));
    LocalDateTime to = local(within.until().plus(2, ChronoUnit.DAYS));
    List<LocalDateTime> starts = rule.starts(start, from, to);
    if (rule.until().isEmpty()) {
      return starts;
    }
    String until = rule.until().get();
    LocalDateTime last = CalendarTime.until(until, ZoneOffset.UTC);
    return starts.stream()
        .filter(it ->
            CalendarTime.isUtc(until)
                ? !CalendarTime.moment(it, rules).isAfter(last.toInstant(ZoneOffset.UTC))
                : !it.isAfter(last))
        .toList();
  }

  private Set<Instant> moments(String name) throws CalendarFault {
    Set<Instant> moments = new TreeSet<>();
    for (CalendarComponent.Line line : component.all(name)) {
      if (line.parameter("VALUE").filter("PERIOD"::equalsIgnoreCase).isPresent()) {
        throw new CalendarFault("has periods in " + name + ", which are not supported");
      }
      for (String value : line.value().split(",", -1)) {
        moments.add(moment(line, value));
      }
    }
    return moments;
  }

  private Instant moment(CalendarComponent.Line line, String value) throws CalendarFault {
    return CalendarTime.moment(CalendarTime.local(value), rules(line, value));
  }

  private ZoneRules rules(CalendarComponent.Line line, String value) throws CalendarFault {
    if (CalendarTime.isUtc(value)) {
      return ZoneOffset.UTC.getRules();
    }
    Optional<String> zone = line.parameter("TZID");
    return zone.isEmpty() || isDay(line) ? floating.getRules() : zones.rules(zone.get());
  }

  private Length length(boolean isDay) throws CalendarFault {
    Optional<CalendarComponent.Line> end = component.first("DTEND");
    if (end.isPresent()) {
      LocalDateTime local = CalendarTime.local(end.get().value());
      Instant from = CalendarTime.moment(start, rules);
      Instant until = moment(end.get(), end.get().value());
      if (until.isBefore(from)) {
        throw new CalendarFault("has an event that ends before it begins");
      }
      return isDay
          ? new Length(
              Period.ofDays(Math.toIntExact(ChronoUnit.DAYS.between(start, local))), Duration.ZERO)
          : new Length(Period.ZERO, Duration.between(from, until));
    }
    Optional<CalendarComponent.Line> duration = component.first("DURATION");
    if (duration.isPresent()) {
      return duration(duration.get().value().strip().toUpperCase(Locale.ROOT));
    }
    return new Length(isDay ? Period.ofDays(1) : Period.ZERO, Duration.ZERO);
  }

  private static Length duration(String text) throws CalendarFault {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches() || text.endsWith("P") || text.endsWith("T")) {
      throw new CalendarFault("has an event whose DURATION cannot be read");
    }
    return new Length(
        Period.ofDays(number(parts, 1) * 7 + number(parts, 2)),
        Duration.ofHours(number(parts, 3))
            .plusMinutes(number(parts, 4))
            .plusSeconds(number(parts, 5)));
  }

  private static int number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static boolean isDay(CalendarComponent.Line line) {
    return line.isDate() || CalendarTime.isDate(line.value());
  }

  private LocalDateTime local(Instant moment) throws CalendarFault {
    try {
      return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new CalendarFault("is asked for a time that no calendar has");
    }
  }
}
