package io.github.kubewicket.policy.window;

import static io.github.kubewicket.policy.window.WindowsForTests.BERLIN;
import static io.github.kubewicket.policy.window.WindowsForTests.NEW_YORK;
import static io.github.kubewicket.policy.window.WindowsForTests.allow;
import static io.github.kubewicket.policy.window.WindowsForTests.cron;
import static io.github.kubewicket.policy.window.WindowsForTests.daily;
import static io.github.kubewicket.policy.window.WindowsForTests.dates;
import static io.github.kubewicket.policy.window.WindowsForTests.deny;
import static io.github.kubewicket.policy.window.WindowsForTests.on;
import static io.github.kubewicket.policy.window.WindowsForTests.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.guard.Finding;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowCheckTest {
  private static final Instant NIGHT = Instant.parse("2026-11-23T01:17:00Z");
  private static final Window BACKUP = deny("nightly-backup", cron("0 2 * * *", "PT90M"));

  private final WindowCheck check = new WindowCheck(Calendars.none());

  @Test
  void refusesAnActInsideAClosingWindow() {
    Denial denial = refused(List.of(BACKUP), NIGHT);

    assertThat(denial.code()).isEqualTo(Reason.WINDOW_CLOSED);
    assertThat(denial.retryAfter()).contains(Instant.parse("2026-11-23T02:30:00Z"));
    assertThat(denial.rule()).contains("windows.nightly-backup");
    assertThat(denial.message())
        .isEqualTo(
            "The window nightly-backup is closed (because of nightly-backup); open again Mon"
                + " 2026-11-23 03:30 Europe/Berlin.");
  }

  @Test
  void letsAnActThroughOutsideOfAClosingWindow() {
    Finding finding = look(List.of(BACKUP), Instant.parse("2026-11-23T02:30:00Z"));

    assertThat(finding).isEqualTo(new Finding.Passed("No window is closed that concerns it."));
  }

  @Test
  void leavesWhatAPersonApprovesWhereTheWindowSaysSo() {
    Window soft = window("soft", Window.Mode.DENY, Tier.APPROVE, cron("0 2 * * *", "PT90M"));

    Finding finding = look(List.of(soft), NIGHT);

    assertThat(finding)
        .isEqualTo(
            new Finding.Ceiling(
                Tier.APPROVE,
                Reason.WINDOW_CLOSED,
                "The window soft is closed (because of soft)."));
  }

  @Test
  void theStrictestOfSeveralDecides() {
    Window soft = window("soft", Window.Mode.DENY, Tier.APPROVE, cron("0 2 * * *", "PT5H"));

    Denial denial = refused(List.of(soft, BACKUP), NIGHT);

    assertThat(denial.rule()).contains("windows.nightly-backup");
    assertThat(denial.retryAfter()).contains(Instant.parse("2026-11-23T02:30:00Z"));
  }

  @Test
  void closingBeatsOpening() {
    Window office = allow("office", daily("00:00", "00:00", BERLIN));

    Denial denial = refused(List.of(office, BACKUP), NIGHT);

    assertThat(denial.rule()).contains("windows.nightly-backup");
  }

  @Test
  void whereOpeningWindowsConcernAnActItHasToBeInsideOne() {
    Window office =
        allow("office", on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "08:00", "18:00"));
    Window sunday = allow("sunday", on(Set.of(DayOfWeek.SUNDAY), "10:00", "11:00"));
    List<Window> windows = List.of(office, sunday);

    Denial denial = refused(windows, Instant.parse("2026-11-20T17:00:00Z"));

    assertThat(denial.retryAfter()).contains(Instant.parse("2026-11-22T09:00:00Z"));
    assertThat(denial.message())
        .isEqualTo(
            "It is outside of all the windows office, sunday; open again Sun 2026-11-22 10:00"
                + " Europe/Berlin.");
    assertThat(look(windows, Instant.parse("2026-11-20T16:59:59Z")))
        .isEqualTo(new Finding.Passed("It is inside the window office, and no other is closed."));
  }

  @Test
  void tellsTheMomentAfterWindowsThatFollowEachOther() {
    List<Window> windows =
        List.of(
            BACKUP,
            deny("dump", cron("30 3 * * *", "PT1H")),
            deny("overlap", cron("15 4 * * *", "PT30M")),
            allow("morning", daily("04:50", "09:00", BERLIN)));

    Denial denial = refused(windows, NIGHT);

    assertThat(denial.retryAfter()).contains(Instant.parse("2026-11-23T03:50:00Z"));
  }

  @Test
  void tellsNoMomentWhereNoneComes() {
    Window always = deny("always", cron("* * * * *", "PT1H"));
    Window freeze = deny("freeze", dates("2026-11-01T00:00:00Z", "2030-01-01T00:00:00Z"));

    assertThat(refused(List.of(always), NIGHT).retryAfter()).isEmpty();
    assertThat(refused(List.of(freeze), NIGHT).retryAfter()).isEmpty();
    assertThat(refused(List.of(freeze), NIGHT).message()).endsWith("(because of freeze).");
  }

  @Test
  void looksBeyondManyWindowsThatComeAndGoInALongFreeze() {
    List<Window> windows = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      windows.add(deny("h" + hour, cron("5 " + hour + " * * *", "PT50M", ZoneOffset.UTC)));
    }
    windows.add(deny("freeze", dates("2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z")));

    Denial denial = refused(windows, NIGHT);

    assertThat(denial.retryAfter()).contains(Instant.parse("2027-11-01T00:00:00Z"));
  }

  @Test
  void aFreezeEndsWhenItEnds() {
    Window freeze = deny("freeze", dates("2026-12-18T00:00:00Z", "2027-01-02T00:00:00Z"));

    Denial denial = refused(List.of(freeze), Instant.parse("2027-01-01T23:59:59.999Z"));

    assertThat(denial.retryAfter()).contains(Instant.parse("2027-01-02T00:00:00Z"));
    assertThat(look(List.of(freeze), Instant.parse("2027-01-02T00:00:00Z")))
        .isInstanceOf(Finding.Passed.class);
    assertThat(look(List.of(freeze), Instant.parse("2026-12-17T23:59:59Z")))
        .isInstanceOf(Finding.Passed.class);
  }

  @Test
  void concernsOnlyWhatItNames() {
    Window narrow =
        new Window(
            "narrow",
            Window.Mode.DENY,
            List.of(cron("0 2 * * *", "PT90M")),
            List.of("shop", "db-*"),
            Set.of("StatefulSet"),
            Set.of("evict_pod"),
            Tier.NEVER,
            Optional.empty());

    assertThat(check.look(List.of(narrow), NIGHT, "db-eu", "StatefulSet", "evict_pod"))
        .isInstanceOf(Finding.Refused.class);
    assertThat(check.look(List.of(narrow), NIGHT, "db-eu", "Deployment", "evict_pod"))
        .isInstanceOf(Finding.Passed.class);
    assertThat(check.look(List.of(narrow), NIGHT, "shops", "StatefulSet", "evict_pod"))
        .isInstanceOf(Finding.Passed.class);
    assertThat(check.look(List.of(narrow), NIGHT, "shop", "StatefulSet", "scale_workload"))
        .isEqualTo(new Finding.Passed("No window concerns it."));
  }

  @Test
  void anAbsurdWindowIsClosed() {
    Window broken = deny("broken", cron("every night", "PT1H"));
    Window empty = deny("empty", cron("0 2 * * *", "PT0S"));
    Window opening = allow("opening", cron("0 2 * *", "PT1H"));

    assertThat(refused(List.of(broken), NIGHT).message())
        .startsWith("The window broken counts as closed: The schedule `every night` needs five");
    assertThat(refused(List.of(empty), NIGHT).code()).isEqualTo(Reason.WINDOW_CLOSED);
    assertThat(refused(List.of(opening), NIGHT).code()).isEqualTo(Reason.WINDOW_CLOSED);
  }

  @Test
  void aCalendarThatCannotBeReadIsClosedInBothModes() {
    Times calendar = new Times.Calendar("/freeze.ics", BERLIN, Duration.ofHours(24));

    Denial denies = refused(List.of(deny("freeze", calendar)), NIGHT);
    Denial allows = refused(List.of(allow("office", calendar)), NIGHT);

    assertThat(denies.code()).isEqualTo(Reason.CALENDAR_UNAVAILABLE);
    assertThat(denies.message())
        .isEqualTo("The window freeze counts as closed: The calendar freeze.ics is not read here.");
    assertThat(allows.code()).isEqualTo(Reason.CALENDAR_UNAVAILABLE);
    assertThat(allows.retryAfter()).isEmpty();
  }

  @Test
  void aCalendarThatCannotBeReadDoesNotCloseAnotherOpening() {
    Times calendar = new Times.Calendar("/office.ics", BERLIN, Duration.ofHours(24));
    List<Window> windows =
        List.of(allow("office", calendar), allow("night", daily("01:00", "03:00", BERLIN)));

    assertThat(look(windows, NIGHT)).isInstanceOf(Finding.Passed.class);
    assertThat(refused(windows, Instant.parse("2026-11-23T12:00:00Z")).retryAfter())
        .contains(Instant.parse("2026-11-24T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    // Past midnight: Sunday's window reaches into Monday, 22:00 to 06:00 in Berlin.
    "SUNDAY, 22:00, 06:00, 2026-11-22T20:59:59Z, false",
    "SUNDAY, 22:00, 06:00, 2026-11-22T21:00:00Z, true",
    "SUNDAY, 22:00, 06:00, 2026-11-23T04:59:59Z, true",
    "SUNDAY, 22:00, 06:00, 2026-11-23T05:00:00Z, false",
    "SUNDAY, 22:00, 06:00, 2026-11-22T02:00:00Z, false",
    // A whole day.
    "SUNDAY, 00:00, 00:00, 2026-11-21T23:00:00Z, true",
    "SUNDAY, 00:00, 00:00, 2026-11-22T22:59:59Z, true",
    "SUNDAY, 00:00, 00:00, 2026-11-22T23:00:00Z, false",
    // The clock goes from 02:00 to 03:00 on 2026-03-29: 02:30 becomes 03:00.
    "SUNDAY, 02:30, 04:00, 2026-03-29T01:00:00Z, true",
    "SUNDAY, 02:30, 04:00, 2026-03-29T00:59:59Z, false",
    "SUNDAY, 01:00, 02:30, 2026-03-29T00:59:59Z, true",
    "SUNDAY, 01:00, 02:30, 2026-03-29T01:00:00Z, false",
    // The clock goes from 03:00 to 02:00 on 2026-10-25: both 02:15 are inside.
    "SUNDAY, 01:00, 02:30, 2026-10-25T00:15:00Z, true",
    "SUNDAY, 01:00, 02:30, 2026-10-25T01:15:00Z, true",
    "SUNDAY, 01:00, 02:30, 2026-10-25T01:30:00Z, false",
    // A leap day is a day.
    "TUESDAY, 23:00, 01:00, 2028-02-29T23:30:00Z, true",
  })
  void knowsWhenAWeeklyWindowIs(
      DayOfWeek day, String from, String to, Instant moment, boolean inside) {
    Window window = deny("weekly", on(Set.of(day), from, to));

    Finding finding = look(List.of(window), moment);

    assertThat(finding instanceof Finding.Refused).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2026-03-08T07:30:00Z, true",
    "America/New_York, 2026-03-08T08:00:00Z, false",
    "Europe/Berlin, 2026-03-29T01:30:00Z, true",
    "Europe/Berlin, 2026-03-29T02:00:00Z, false",
  })
  void aClosingScheduleInTheHourThatIsLeftOutBeginsAfterIt(
      ZoneId zone, Instant moment, boolean inside) {
    Window window = deny("backup", cron("30 2 * * *", "PT1H", zone));

    Finding finding = look(List.of(window), moment);

    assertThat(finding instanceof Finding.Refused).isEqualTo(inside);
  }

  @Test
  void anOpeningScheduleInTheHourThatComesTwiceOpensOnce() {
    Window window = allow("change", cron("30 1 * * *", "PT20M", NEW_YORK));

    assertThat(look(List.of(window), Instant.parse("2026-11-01T05:40:00Z")))
        .isInstanceOf(Finding.Passed.class);
    assertThat(look(List.of(window), Instant.parse("2026-11-01T06:40:00Z")))
        .isInstanceOf(Finding.Refused.class);
  }

  @Test
  void showsWhatComes() {
    List<Window> windows =
        List.of(
            BACKUP,
            allow("office", daily("08:00", "18:00", BERLIN)),
            deny("blind", new Times.Calendar("/x.ics", BERLIN, Duration.ofHours(1))));

    List<Upcoming> upcoming = check.next(windows, NIGHT, Duration.ofHours(24));

    assertThat(upcoming)
        .extracting(Upcoming::window, Upcoming::what, it -> it.at().toString())
        .containsExactly(
            tuple("nightly-backup", Upcoming.What.IN_FORCE, "2026-11-23T01:17:00Z"),
            tuple("blind", Upcoming.What.UNCLEAR, "2026-11-23T01:17:00Z"),
            tuple("nightly-backup", Upcoming.What.ENDS, "2026-11-23T02:30:00Z"),
            tuple("office", Upcoming.What.BEGINS, "2026-11-23T07:00:00Z"),
            tuple("office", Upcoming.What.ENDS, "2026-11-23T17:00:00Z"),
            tuple("nightly-backup", Upcoming.What.BEGINS, "2026-11-24T01:00:00Z"));
  }

  @Test
  void stretchesThatFollowEachOtherAreOne() {
    Window window = deny("day", cron("0 * * * *", "PT1H", ZoneOffset.UTC));

    List<Upcoming> upcoming = check.next(List.of(window), NIGHT, Duration.ofHours(24));

    assertThat(upcoming).extracting(Upcoming::what).containsExactly(Upcoming.What.IN_FORCE);
  }

  @Test
  void showsAtMostAHundredLines() {
    Window window = deny("often", cron("*/2 * * * *", "PT1M"));

    List<Upcoming> upcoming = check.next(List.of(window), NIGHT, Duration.ofDays(7));

    assertThat(upcoming).hasSize(100);
  }

  private Denial refused(List<Window> windows, Instant now) {
    return ((Finding.Refused) look(windows, now)).denial();
  }

  private Finding look(List<Window> windows, Instant now) {
    return check.look(windows, now, "shop", "Deployment", "restart_workload");
  }
}
