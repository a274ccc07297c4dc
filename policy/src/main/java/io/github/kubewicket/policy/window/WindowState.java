package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// A window at one moment.
///
/// @param window the window
/// @param isInside whether the moment lies inside one of its times
/// @param changes when that may be otherwise; empty where it stays so for as long as is looked
/// @param unclear why one of its times could not be told; only where that matters
/// @param zone the zone in which people think of it
record WindowState(
    Window window,
    boolean isInside,
    Optional<Instant> changes,
    Optional<Position.Unclear> unclear,
    ZoneId zone) {
  static WindowState of(Almanac almanac, Window window, Instant moment) {
    Optional<Instant> end = Optional.empty();
    Optional<Instant> next = Optional.empty();
    Optional<Position.Unclear> unclear = Optional.empty();
    ZoneId zone = window.times().isEmpty() ? ZoneOffset.UTC : zone(window.times().getFirst());
    for (Times times : window.times()) {
      switch (almanac.position(times, window.mode(), moment)) {
        case Position.Inside(Instant until) -> {
          if (end.isEmpty() || until.isAfter(end.get())) {
            end = Optional.of(until);
            zone = zone(times);
          }
        }
        case Position.Outside(Optional<Instant> until) -> {
          if (until.isPresent() && (next.isEmpty() || until.get().isBefore(next.get()))) {
            next = until;
          }
        }
        case Position.Unclear it -> unclear = Optional.of(it);
      }
    }
    return new WindowState(window, end.isPresent(), end.isPresent() ? end : next, unclear, zone);
  }

  /// Whether it speaks against acts by itself: a closing window that is, or may be, in force.
  boolean closes() {
    return window.mode() == Window.Mode.DENY && (isInside || unclear.isPresent());
  }

  /// Whether acts are inside an opening window.
  boolean opens() {
    return window.mode() == Window.Mode.ALLOW && isInside;
  }

  private static ZoneId zone(Times times) {
    return switch (times) {
      case Times.Dates _ -> ZoneOffset.UTC;
      case Times.Weekly weekly -> weekly.zone();
      case Times.Cron cron -> cron.zone();
      case Times.Calendar calendar -> calendar.zone();
    };
  }
}
