package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.util.List;

/// Where a window's calendars are read from.
public interface Calendars {
  /// What a calendar says around this moment. It answers at once, or after a few seconds where the
  /// calendar was never read before; it does not throw.
  Answer at(Times.Calendar calendar, Instant now);

  /// What a calendar says.
  sealed interface Answer {
    /// When its events go on: from now on for at least [CronSchedule#HORIZON], in order, none
    /// touching another. Some that are over may come first.
    record Busy(List<Span> spans) implements Answer {
      /// Copies the list.
      public Busy {
        spans = List.copyOf(spans);
      }
    }

    /// It cannot be told, which counts as closed.
    ///
    /// @param why one sentence for people
    record Unavailable(String why) implements Answer {}
  }

  /// No calendar can be read: for what has no file system, such as tests of a policy.
  static Calendars none() {
    return (calendar, now) ->
        new Answer.Unavailable(
            "The calendar " + CalendarSource.shown(calendar.source()) + " is not read here.");
  }
}
