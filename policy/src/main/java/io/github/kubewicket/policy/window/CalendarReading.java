package io.github.kubewicket.policy.window;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the text of a calendar into the stretches of time in which its events go on. Cancelled
/// events and those marked as free are left out; single events of a series that were moved are
/// where they were moved to.
///
/// Who writes the calendar may be hostile: events, occurrences, depth and time are bounded.
final class CalendarReading {
  private static final int MOST_SPANS = 100_000;
  private static final Duration LONGEST_READING = Duration.ofSeconds(5);

  private CalendarReading() {}

  /// The stretches within another one, in order, none touching the next.
  ///
  /// @param floating the zone of all-day events, and of times that name none
  static List<Span> read(String text, ZoneId floating, Span within, InstantSource clock)
      throws CalendarFault {
    Instant deadline = clock.instant().plus(LONGEST_READING);
    List<CalendarComponent> calendars = CalendarText.calendars(text);
    int year = within.from().atZone(ZoneOffset.UTC).getYear();
    CalendarZones zones = new CalendarZones(calendars, year);
    try {
      List<CalendarEvent> events = events(calendars, zones, floating);
      Map<String, Set<Instant>> replaced = replaced(events);
      List<Span> spans = new ArrayList<>();
      for (CalendarEvent event : events) {
        if (!event.isFree()) {
          boolean isSeries = event.replaces().isEmpty();
          Set<Instant> others =
              isSeries
                  ? event.uid().map(uid -> replaced.getOrDefault(uid, Set.of())).orElse(Set.of())
                  : Set.of();
          spans.addAll(event.spans(within, others));
        }
        if (spans.size() > MOST_SPANS || clock.instant().isAfter(deadline)) {
          throw new CalendarFault("has more occurrences than can be worked out");
        }
      }
      return merged(spans);
    } catch (DateTimeException | ArithmeticException e) {
      throw new CalendarFault("has a time that no calendar has");
    }
  }

  private static List<CalendarEvent> events(
      List<CalendarComponent> calendars, CalendarZones zones, ZoneId floating)
      throws CalendarFault {
    List<CalendarEvent> events = new ArrayList<>();
    for (CalendarComponent calendar : calendars) {
      for (CalendarComponent part : calendar.parts()) {
        if (part.name().equals("VEVENT")) {
          events.add(new CalendarEvent(part, zones, floating));
        }
      }
    }
    return events;
  }

  private static Map<String, Set<Instant>> replaced(List<CalendarEvent> events)
      throws CalendarFault {
    Map<String, Set<Instant>> replaced = new HashMap<>();
    for (CalendarEvent event : events) {
      if (event.uid().isPresent() && event.replaces().isPresent()) {
        replaced
            .computeIfAbsent(event.uid().get(), _ -> new HashSet<>())
            .add(event.replaces().get());
      }
    }
    return replaced;
  }

  private static List<Span> merged(List<Span> spans) {
    spans.sort(Comparator.comparing(Span::from));
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      if (merged.isEmpty() || merged.getLast().until().isBefore(span.from())) {
        merged.add(span);
      } else if (merged.getLast().until().isBefore(span.until())) {
        merged.set(merged.size() - 1, new Span(merged.getLast().from(), span.until()));
      }
    }
    return merged;
  }
}
