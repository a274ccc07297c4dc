package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Calendars in files and at addresses (iCalendar, RFC 5545), of at most 1 MiB and 10,000 events. A
/// calendar is read when a window first asks for it; until then nothing of the iCalendar library is
/// loaded.
///
/// It may be asked by many threads. Files are read by who asks; a calendar of 1 MiB takes some
/// hundred milliseconds, once.
public final class CalendarCopies implements Calendars {
  static final int MOST_BYTES = 1 << 20;
  private static final int MOST_COPIES = 100;

  private final CalendarAddress network;
  private final InstantSource clock;
  private final Executor background;
  private final Map<Key, CalendarCopy> copies = new ConcurrentHashMap<>();

  /// @param network how addresses are fetched
  /// @param clock tells how old a copy is
  /// @param background runs fetches, each at most as long as `network` takes
  public CalendarCopies(CalendarAddress network, InstantSource clock, Executor background) {
    this.network = network;
    this.clock = clock;
    this.background = background;
  }

  private record Key(String source, ZoneId zone) {}

  @Override
  public Answer at(Times.Calendar calendar, Instant now) {
    try {
      return new Answer.Busy(copy(calendar).snapshot(now, calendar.maxStale()).spans());
    } catch (CalendarFault e) {
      return new Answer.Unavailable(
          "The calendar " + CalendarSource.shown(calendar.source()) + " " + e.what() + ".");
    }
  }

  /// Begins to fetch the calendars of these windows, so that nobody has to wait for the first
  /// answer. To be called whenever a policy was loaded; returns at once.
  public void prepare(List<Window> windows) {
    for (Window window : windows) {
      for (Times times : window.times()) {
        if (times instanceof Times.Calendar calendar) {
          try {
            copy(calendar).prepare();
          } catch (CalendarFault e) {
            // The answer to the first question says so.
          }
        }
      }
    }
  }

  private CalendarCopy copy(Times.Calendar calendar) throws CalendarFault {
    Key key = new Key(calendar.source(), calendar.zone());
    CalendarCopy before = copies.get(key);
    if (before != null) {
      return before;
    }
    CalendarCopy made =
        switch (CalendarSource.parse(calendar.source())) {
          case CalendarSource.InFile(var path) -> new CalendarFile(path, calendar.zone(), clock);
          case CalendarSource.AtAddress(var address) ->
              new CalendarOnline(address, calendar.zone(), network, clock, background);
        };
    if (copies.size() >= MOST_COPIES) {
      // Policies that were replaced leave theirs behind.
      copies.clear();
    }
    CalendarCopy raced = copies.putIfAbsent(key, made);
    return raced == null ? made : raced;
  }
}
