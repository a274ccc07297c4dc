package io.github.kubewicket.policy.window;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;

/// Dates and times as RFC 5545 writes them: `20261224`, `20261224T180000`, `20261224T170000Z`.
final class CalendarTime {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final int DATE_LENGTH = 8;

  private CalendarTime() {}

  /// A local time; a date is its midnight, and a `Z` is left to the caller.
  static LocalDateTime local(String text) throws CalendarFault {
    String plain =
        isUtc(text) ? text.strip().substring(0, text.strip().length() - 1) : text.strip();
    try {
      return plain.length() == DATE_LENGTH
          ? LocalDate.parse(plain, DATE).atStartOfDay()
          : LocalDateTime.parse(plain, TIME);
    } catch (DateTimeException e) {
      String shown = plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
      throw new CalendarFault("has `" + shown + "` where a time belongs");
    }
  }

  static boolean isUtc(String text) {
    return text.strip().endsWith("Z");
  }

  static boolean isDate(String text) {
    return text.strip().length() == DATE_LENGTH;
  }

  /// When a rule ends, in local time of this offset; a date stands for its last second.
  static LocalDateTime until(String text, ZoneOffset offset) throws CalendarFault {
    LocalDateTime local = local(text);
    if (isDate(text)) {
      return local.plusDays(1).minusSeconds(1);
    }
    return isUtc(text) ? LocalDateTime.ofInstant(local.toInstant(ZoneOffset.UTC), offset) : local;
  }

  /// The moment of a local time. One that does not exist is read with the offset before the gap,
  /// one that exists twice is the first, as RFC 5545 (3.3.5) has it.
  static Instant moment(LocalDateTime local, ZoneRules rules) {
    ZoneOffsetTransition change = rules.getTransition(local);
    return local.toInstant(change == null ? rules.getOffset(local) : change.getOffsetBefore());
  }
}
