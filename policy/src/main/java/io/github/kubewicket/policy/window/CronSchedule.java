package io.github.kubewicket.policy.window;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A schedule in five fields, as Kubernetes takes it for CronJobs (robfig/cron 3, "standard"):
/// minute, hour, day of the month, month, day of the week. A field is `*` or `?`, a number, a range
/// `a-b`, any of these with a step `/n`, or a list of them with commas; months and days of the week
/// have names, `JAN` and `SUN`, in any case. Where both day fields say something, one of them is
/// enough. `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly` and `@annually` stand
/// for what they say. 7 is Sunday as well as 0, although Kubernetes itself refuses it.
///
/// `@every` is refused, since it counts from when the controller started, and so is a time zone in
/// the text (`TZ=`, `CRON_TZ=`), since the zone stands beside the schedule.
///
/// On days on which clocks change it fires as [ClockChange#KUBERNETES] says, unless asked
/// otherwise.
public final class CronSchedule {
  /// How far a start is looked for: a leap day can be further away, and is then not found.
  public static final Duration HORIZON = Duration.ofDays(400);

  private static final int MOST_CHARACTERS = 200;
  private static final int FIELDS = 5;
  private static final Map<String, String> NAMED =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final String text;
  private final long minutes;
  private final long hours;
  private final long days;
  private final long months;
  private final long weekdays;

  private CronSchedule(String text, List<String> fields) throws CronField.Fault {
    this.text = text;
    this.minutes = CronField.MINUTE.bits(fields.get(0));
    this.hours = CronField.HOUR.bits(fields.get(1));
    this.days = CronField.DAY_OF_MONTH.bits(fields.get(2));
    this.months = CronField.MONTH.bits(fields.get(3));
    this.weekdays = CronField.DAY_OF_WEEK.bits(fields.get(4));
  }

  /// What is wrong with a schedule, as one sentence; empty where nothing is.
  public static Optional<String> fault(String text) {
    try {
      read(text);
      return Optional.empty();
    } catch (CronField.Fault e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// The schedule that a text stands for.
  ///
  /// @throws IllegalArgumentException where [#fault] finds one
  public static CronSchedule parse(String text) {
    try {
      return read(text);
    } catch (CronField.Fault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static CronSchedule read(String text) throws CronField.Fault {
    if (text.length() > MOST_CHARACTERS) {
      throw new CronField.Fault(
          "A schedule has at most "
              + MOST_CHARACTERS
              + " characters, this one has "
              + text.length()
              + ".");
    }
    String trimmed = text.strip();
    if (trimmed.startsWith("TZ=") || trimmed.startsWith("CRON_TZ=")) {
      throw new CronField.Fault(
          "The schedule `" + trimmed + "` names a time zone; take it out and set `zone`.");
    }
    String plain = NAMED.getOrDefault(trimmed, trimmed);
    if (plain.startsWith("@")) {
      throw new CronField.Fault(
          "`"
              + plain
              + "` is not a schedule; write five fields, or @hourly, @daily, @midnight,"
              + " @weekly, @monthly, @yearly or @annually.");
    }
    List<String> fields = List.of(plain.split("[ \t]+"));
    if (fields.size() != FIELDS) {
      throw new CronField.Fault(
          "The schedule `"
              + trimmed
              + "` needs five fields (minute, hour, day of the month, month,"
              + " day of the week), such as `0 2 * * *`.");
    }
    return new CronSchedule(trimmed, fields);
  }

  /// Whether it fires in this minute; seconds are not looked at. A zoned time always exists, so no
  /// gap is met here, and in an overlap both times match.
  public boolean matches(ZonedDateTime minute) {
    return isDay(minute.toLocalDate())
        && has(hours, minute.getHour())
        && has(minutes, minute.getMinute());
  }

  /// All starts from one moment to another, the end excluded, in order and each once; looked for
  /// over at most [#HORIZON].
  public List<Instant> startsBetween(Instant from, Instant to, ZoneId zone) {
    return startsBetween(from, to, zone, ClockChange.KUBERNETES);
  }

  /// The same, where the caller says what becomes of changed clocks.
  public List<Instant> startsBetween(Instant from, Instant to, ZoneId zone, ClockChange change) {
    Instant end = to.isBefore(from.plus(HORIZON)) ? to : from.plus(HORIZON);
    CronWalk walk = new CronWalk(this, zone, change);
    List<Instant> starts = new ArrayList<>();
    Optional<Instant> next = walk.atOrAfter(from, end);
    while (next.isPresent()) {
      starts.add(next.get());
      next = walk.atOrAfter(next.get().plusSeconds(1), end);
    }
    return List.copyOf(starts);
  }

  /// The first local time that it names at or after one, and before another.
  @Nullable LocalDateTime firstAtOrAfter(LocalDateTime from, LocalDateTime before) {
    LocalDateTime minute = from.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime start = minute.isBefore(from) ? minute.plusMinutes(1) : minute;
    LocalDate day = start.toLocalDate();
    int hour = start.getHour();
    int first = start.getMinute();
    LocalDate last = before.toLocalDate();
    while (!day.isAfter(last)) {
      if (!has(months, day.getMonthValue())) {
        day = day.withDayOfMonth(1).plusMonths(1);
      } else {
        int found = isDay(day) ? timeFrom(hour, first) : -1;
        if (found >= 0) {
          LocalDateTime time = day.atTime(found / 60, found % 60);
          return time.isBefore(before) ? time : null;
        }
        day = day.plusDays(1);
      }
      hour = 0;
      first = 0;
    }
    return null;
  }

  /// The last local time that it names at or before one, and not before another.
  @Nullable LocalDateTime lastAtOrBefore(LocalDateTime to, LocalDateTime notBefore) {
    LocalDate day = to.toLocalDate();
    int hour = to.getHour();
    int last = to.getMinute();
    LocalDate first = notBefore.toLocalDate();
    while (!day.isBefore(first)) {
      if (!has(months, day.getMonthValue())) {
        day = day.withDayOfMonth(1).minusDays(1);
      } else {
        int found = isDay(day) ? timeUpTo(hour, last) : -1;
        if (found >= 0) {
          LocalDateTime time = day.atTime(found / 60, found % 60);
          return time.isBefore(notBefore) ? null : time;
        }
        day = day.minusDays(1);
      }
      hour = 23;
      last = 59;
    }
    return null;
  }

  private int timeFrom(int hour, int minute) {
    if (has(hours, hour)) {
      long left = minutes & ~CronField.ANY & (-1L << minute);
      if (left != 0) {
        return hour * 60 + Long.numberOfTrailingZeros(left);
      }
    }
    long later = hours & ~CronField.ANY & (-1L << (hour + 1));
    return later == 0
        ? -1
        : Long.numberOfTrailingZeros(later) * 60 + Long.numberOfTrailingZeros(minutes);
  }

  private int timeUpTo(int hour, int minute) {
    if (has(hours, hour)) {
      long left = minutes & ~CronField.ANY & ((1L << (minute + 1)) - 1);
      if (left != 0) {
        return hour * 60 + highest(left);
      }
    }
    long earlier = hours & ~CronField.ANY & ((1L << hour) - 1);
    return earlier == 0 ? -1 : highest(earlier) * 60 + highest(minutes & ~CronField.ANY);
  }

  private boolean isDay(LocalDate date) {
    if (!has(months, date.getMonthValue())) {
      return false;
    }
    boolean day = has(days, date.getDayOfMonth());
    boolean weekday = has(weekdays, number(date.getDayOfWeek()));
    boolean bothChoose = (days & CronField.ANY) == 0 && (weekdays & CronField.ANY) == 0;
    return bothChoose ? day || weekday : day && weekday;
  }

  private static int number(DayOfWeek day) {
    return day.getValue() % 7;
  }

  private static boolean has(long bits, int number) {
    return (bits & (1L << number)) != 0;
  }

  private static int highest(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }

  @Override
  public String toString() {
    return text;
  }
}
