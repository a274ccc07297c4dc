package io.github.kubewicket.policy.window;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.model.Recur;

/// A recurrence rule (RFC 5545, 3.3.10), in local time. Rules that fire more often than daily are
/// refused, since a calendar of windows has no use for them and they are costly.
final class CalendarRule {
  private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");
  private static final Set<String> LISTS =
      Set.of("BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "WKST");
  private static final Set<String> TIMES = Set.of("BYHOUR", "BYMINUTE", "BYSECOND");
  private static final int MOST_STARTS = 10_000;
  private static final int MOST_INTERVAL = 1_000;
  private static final int MOST_TIMES_A_DAY = 24;

  private final Recur<LocalDateTime> rule;
  private final Optional<String> until;

  private CalendarRule(Recur<LocalDateTime> rule, Optional<String> until) {
    this.rule = rule;
    this.until = until;
  }

  static CalendarRule parse(String text) throws CalendarFault {
    List<String> kept = new ArrayList<>();
    Optional<String> until = Optional.empty();
    int timesADay = 1;
    for (String part : text.strip().toUpperCase(Locale.ROOT).split(";")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = part.substring(equals + 1);
      if (name.equals("UNTIL")) {
        // ical4j would compare it in the default zone of the machine.
        until = Optional.of(value);
        continue;
      }
      boolean fits =
          switch (name) {
            case "FREQ" -> FREQUENCIES.contains(value);
            case "COUNT" -> isNumber(value, MOST_STARTS);
            case "INTERVAL" -> isNumber(value, MOST_INTERVAL);
            case String it when TIMES.contains(it) -> {
              timesADay *= value.split(",", -1).length;
              yield timesADay <= MOST_TIMES_A_DAY;
            }
            case String it -> LISTS.contains(it);
          };
      if (!fits) {
        throw new CalendarFault(
            "has a recurrence rule with `" + clipped(part) + "`, which is not" + " supported");
      }
      kept.add(part);
    }
    try {
      return new CalendarRule(new Recur<>(String.join(";", kept), false), until);
    } catch (RuntimeException e) {
      throw new CalendarFault("has a recurrence rule that cannot be read");
    }
  }

  /// When it ends, as the text says it: a date, a local time, or a time in UTC.
  Optional<String> until() {
    return until;
  }

  /// Its starts from one local time to another, both included, `seed` among them only where the
  /// rule names it.
  List<LocalDateTime> starts(LocalDateTime seed, LocalDateTime from, LocalDateTime to)
      throws CalendarFault {
    if (to.isBefore(seed)) {
      return List.of();
    }
    try {
      LocalDateTime begin = from.isBefore(seed) ? seed : from;
      List<LocalDateTime> starts = rule.getDates(seed, begin, to);
      if (starts.size() > MOST_STARTS) {
        throw new CalendarFault("has an event that recurs more than 10,000 times");
      }
      return starts;
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new CalendarFault("has a recurrence rule that cannot be followed");
    }
  }

  private static boolean isNumber(String text, int most) {
    return !text.isEmpty()
        && text.length() <= 5
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= most;
  }

  private static String clipped(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
