package io.github.kubewicket.policy.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/// Reads moments, times of day and zones.
final class Moments {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2999;

  private Moments() {}

  /// A moment of ISO 8601: with `Z` or an offset, or a local date and time or a date alone, which
  /// then is the beginning of that day, both in the zone. Of the years 2000 to 2999.
  static Optional<Instant> instant(Field field, ZoneId zone) {
    String what = "a moment such as 2026-12-20T00:00:00Z, or a date such as 2026-12-20";
    Optional<String> text = field.text(what);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant instant = parse(text.get(), zone);
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      return year < FIRST_YEAR || year > LAST_YEAR
          ? field.unexpected(what + " of the years 2000 to 2999")
          : Optional.of(instant);
    } catch (DateTimeException e) {
      return field.unexpected(what);
    }
  }

  private static Instant parse(String text, ZoneId zone) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    String time = text.substring(text.indexOf('T'));
    return time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }

  /// A time of day such as `08:00`.
  ///
  /// @param isEnd whether `24:00` is one too; it is the midnight at the end of the day
  static Optional<LocalTime> time(Field field, boolean isEnd) {
    String what = "a time of day such as \"08:00\"";
    Optional<String> text = field.text(what);
    if (text.isEmpty() || (isEnd && text.get().equals("24:00"))) {
      return text.map(_ -> LocalTime.MIDNIGHT);
    }
    return isTime(text.get())
        ? Optional.of(LocalTime.parse(text.get()))
        : field.unexpected(what, Optional.of("0" + text.get()).filter(Moments::isTime));
  }

  private static boolean isTime(String text) {
    return text.matches("([01][0-9]|2[0-3]):[0-5][0-9]");
  }

  /// A zone of the tz database, such as `Europe/Berlin`.
  static Optional<ZoneId> zone(Field field) {
    String what = "a time zone such as Europe/Berlin or UTC";
    Optional<String> text = field.text(what);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Set<String> zones = ZoneId.getAvailableZoneIds();
    return zones.contains(text.get())
        ? Optional.of(ZoneId.of(text.get()))
        : field.unexpected(what, Nearest.of(text.get(), zones.stream().sorted().toList()));
  }
}
