package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.Tier;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Windows with few words.
final class WindowsForTests {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private WindowsForTests() {}

  static Window deny(String name, Times... times) {
    return window(name, Window.Mode.DENY, Tier.NEVER, times);
  }

  static Window allow(String name, Times... times) {
    return window(name, Window.Mode.ALLOW, Tier.NEVER, times);
  }

  static Window window(String name, Window.Mode mode, Tier ceiling, Times... times) {
    return new Window(
        name,
        mode,
        List.of(times),
        List.of(),
        Set.of(),
        Set.of(),
        ceiling,
        Optional.of("because of " + name));
  }

  static Times cron(String schedule, String duration) {
    return cron(schedule, duration, BERLIN);
  }

  static Times cron(String schedule, String duration, ZoneId zone) {
    return new Times.Cron(schedule, Duration.parse(duration), zone);
  }

  static Times daily(String from, String to, ZoneId zone) {
    return new Times.Weekly(
        EnumSet.allOf(DayOfWeek.class), LocalTime.parse(from), LocalTime.parse(to), zone);
  }

  static Times on(Set<DayOfWeek> days, String from, String to) {
    return new Times.Weekly(days, LocalTime.parse(from), LocalTime.parse(to), BERLIN);
  }

  static Times dates(String from, String until) {
    return new Times.Dates(Instant.parse(from), Instant.parse(until));
  }
}
