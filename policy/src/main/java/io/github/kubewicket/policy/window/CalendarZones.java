package io.github.kubewicket.policy.window;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The time zones that a calendar names. One that Java knows is Java's; any other, such as
/// Outlook's `W. Europe Standard Time`, is what the calendar's own VTIMEZONE says.
final class CalendarZones {
  private static final int MOST_ONSETS = 2_000;

  private final Map<String, CalendarComponent> definitions = new HashMap<>();
  private final Map<String, ZoneRules> known = new HashMap<>();
  private final int year;

  /// @param year the year around which times are asked for
  CalendarZones(List<CalendarComponent> calendars, int year) {
    this.year = year;
    for (CalendarComponent calendar : calendars) {
      for (CalendarComponent part : calendar.parts()) {
        if (part.name().equals("VTIMEZONE")) {
          part.first("TZID").ifPresent(id -> definitions.putIfAbsent(id.value(), part));
        }
      }
    }
  }

  /// The rules of the zone of this name.
  ZoneRules rules(String id) throws CalendarFault {
    ZoneRules before = known.get(id);
    if (before != null) {
      return before;
    }
    ZoneRules rules =
        ZoneId.getAvailableZoneIds().contains(id) ? ZoneId.of(id).getRules() : own(id);
    known.put(id, rules);
    return rules;
  }

  private ZoneRules own(String id) throws CalendarFault {
    CalendarComponent zone = definitions.get(id);
    if (zone == null) {
      throw new CalendarFault("names the time zone `" + id + "` and does not say what it is");
    }
    try {
      return rules(zone);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CalendarFault("has a time zone `" + id + "` that cannot be read");
    }
  }

  private record Onset(LocalDateTime at, ZoneOffset from, ZoneOffset to) {}

  private ZoneRules rules(CalendarComponent zone) throws CalendarFault {
    List<Onset> onsets = new ArrayList<>();
    for (CalendarComponent part : zone.parts()) {
      onsets.addAll(onsets(part));
      if (onsets.size() > MOST_ONSETS) {
        throw new CalendarFault("has a time zone that changes more than 2,000 times");
      }
    }
    if (onsets.isEmpty()) {
      throw new CalendarFault("has a VTIMEZONE that says nothing");
    }
    onsets.sort(Comparator.comparing(it -> it.at().toInstant(it.from())));
    ZoneOffset first = onsets.getFirst().from();
    ZoneOffset offset = first;
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    for (Onset onset : onsets) {
      if (!onset.to().equals(offset)) {
        transitions.add(ZoneOffsetTransition.of(onset.at(), offset, onset.to()));
        offset = onset.to();
      }
    }
    return ZoneRules.of(first, first, List.of(), transitions, List.of());
  }

  private List<Onset> onsets(CalendarComponent part) throws CalendarFault {
    ZoneOffset from = offset(part.required("TZOFFSETFROM").value());
    ZoneOffset to = offset(part.required("TZOFFSETTO").value());
    LocalDateTime seed = CalendarTime.local(part.required("DTSTART").value());
    List<Onset> onsets = new ArrayList<>(List.of(new Onset(seed, from, to)));
    for (CalendarComponent.Line line : part.all("RDATE")) {
      for (String value : line.value().split(",", -1)) {
        onsets.add(new Onset(CalendarTime.local(value), from, to));
      }
    }
    for (CalendarComponent.Line line : part.all("RRULE")) {
      CalendarRule rule = CalendarRule.parse(line.value());
      LocalDateTime begin = LocalDateTime.of(year - 3, 1, 1, 0, 0);
      LocalDateTime end = LocalDateTime.of(year + 3, 1, 1, 0, 0);
      LocalDateTime until =
          rule.until().isPresent() ? CalendarTime.until(rule.until().get(), from) : end;
      for (LocalDateTime at : rule.starts(seed, begin, until.isBefore(end) ? until : end)) {
        onsets.add(new Onset(at, from, to));
      }
    }
    return onsets;
  }

  private static ZoneOffset offset(String text) {
    return ZoneOffset.of(text.strip());
  }
}
