package io.github.kubewicket.policy.window;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/// When a window is.
public sealed interface Times {
  /// On these days from one time of day to another; past midnight where the end is not after the
  /// start.
  record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements Times {
    /// Copies the days.
    public Weekly {
      days = Set.copyOf(days);
    }
  }

  /// From each moment of a cron schedule on, for so long.
  record Cron(String schedule, Duration duration, ZoneId zone) implements Times {}

  /// From one moment to another, the end excluded.
  record Dates(Instant from, Instant until) implements Times {}

  /// While an event of an iCalendar file or address goes on. A calendar that cannot be read, or was
  /// read too long ago, counts as closed.
  ///
  /// @param source an absolute path, or an `https://` address
  record Calendar(String source, ZoneId zone, Duration maxStale) implements Times {}
}
