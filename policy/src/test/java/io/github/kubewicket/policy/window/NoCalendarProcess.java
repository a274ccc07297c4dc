package io.github.kubewicket.policy.window;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A process that checks windows without calendars, with everything for calendars in place.
final class NoCalendarProcess {
  private NoCalendarProcess() {}

  public static void main(String[] args) {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T01:17:00Z"));
    CalendarCopies calendars =
        new CalendarCopies(CalendarAddress.none(), clock, task -> Thread.ofVirtual().start(task));
    List<Window> windows =
        List.of(WindowsForTests.deny("backup", WindowsForTests.cron("0 2 * * *", "PT90M")));
    calendars.prepare(windows);
    WindowCheck check = new WindowCheck(calendars);
    System.out.println(check.look(windows, clock.instant(), "shop", "Deployment", "evict_pod"));
  }
}
