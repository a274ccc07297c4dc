package io.github.kubewicket.policy.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/// A calendar that was read well: its text, and its events around a moment.
///
/// @param text its text
/// @param zone the zone in which it was read
/// @param within the time over which its events were worked out
/// @param spans when they go on
/// @param readAt when the text was last read
record CalendarSnapshot(String text, ZoneId zone, Span within, List<Span> spans, Instant readAt) {
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final Duration GOOD_FOR = Duration.ofHours(24);

  /// Reads a text around this moment.
  static CalendarSnapshot of(String text, ZoneId zone, Instant now, InstantSource clock)
      throws CalendarFault {
    Instant until = now.plus(CronSchedule.HORIZON).plus(GOOD_FOR).plus(GOOD_FOR);
    Span within = new Span(now.minus(BEFORE), until);
    List<Span> spans = List.copyOf(CalendarReading.read(text, zone, within, clock));
    return new CalendarSnapshot(text, zone, within, spans, clock.instant());
  }

  /// The same text, read again just now.
  CalendarSnapshot readAgain(Instant at) {
    return new CalendarSnapshot(text, zone, within, spans, at);
  }

  /// The same text, with its events around this moment.
  CalendarSnapshot around(Instant now, InstantSource clock) throws CalendarFault {
    boolean fits =
        !now.isBefore(within.from()) && now.isBefore(within.from().plus(BEFORE).plus(GOOD_FOR));
    return fits ? this : of(text, zone, now, clock).readAgain(readAt);
  }
}
