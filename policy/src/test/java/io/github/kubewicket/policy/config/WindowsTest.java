package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.window.CronSchedule;
import io.github.kubewicket.policy.window.Times;
import io.github.kubewicket.policy.window.Window;
import io.github.kubewicket.policy.window.Window.Mode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void readsASchedule() {
    Window window =
        window(
            """
            name: nightly, mode: deny, schedule: "0 2 * * *", duration: 90m, zone: Europe/Berlin,
            namespaces: [shop, "db-*"], kinds: [StatefulSet], tools: [restart_workload],
            ceiling: approve, reason: "nightly backup"
            """);

    assertThat(window)
        .isEqualTo(
            new Window(
                "nightly",
                Mode.DENY,
                List.of(new Times.Cron("0 2 * * *", Duration.ofMinutes(90), BERLIN)),
                List.of("shop", "db-*"),
                Set.of("StatefulSet"),
                Set.of("restart_workload"),
                Tier.APPROVE,
                Optional.of("nightly backup")));
  }

  @Test
  void readsDaysAndTimesOfDay() {
    Window window =
        window("name: office, mode: allow, days: [mon-wed, sun], from: \"08:00\", to: 18:30");

    assertThat(window)
        .isEqualTo(
            new Window(
                "office",
                Mode.ALLOW,
                List.of(
                    new Times.Weekly(
                        EnumSet.of(
                            DayOfWeek.MONDAY,
                            DayOfWeek.TUESDAY,
                            DayOfWeek.WEDNESDAY,
                            DayOfWeek.SUNDAY),
                        LocalTime.of(8, 0),
                        LocalTime.of(18, 30),
                        UTC)),
                List.of(),
                Set.of(),
                Set.of(),
                Tier.NEVER,
                Optional.empty()));
  }

  @Test
  void readsDaysThatRunOverTheWeekend() {
    Times times = times("days: [fri-mon], from: \"00:00\", to: \"24:00\"");

    assertThat(times)
        .isEqualTo(
            new Times.Weekly(
                EnumSet.of(
                    DayOfWeek.FRIDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                UTC));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-20T00:00:00Z,      2026-12-20T00:00:00Z",
    "2026-12-20T01:00:00+01:00, 2026-12-20T00:00:00Z",
    "2026-12-20T01:00-05:00,    2026-12-20T06:00:00Z",
    "2026-12-20,                2026-12-19T23:00:00Z",
    "2026-07-01,                2026-06-30T22:00:00Z",
    "2026-12-20T18:00,          2026-12-20T17:00:00Z"
  })
  void readsMomentsAndDatesInTheZone(String start, Instant expected) {
    Times times = times("start: \"" + start + "\", until: 2027-01-03, zone: Europe/Berlin");

    assertThat(times).isEqualTo(new Times.Dates(expected, Instant.parse("2027-01-02T23:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/kubewicket/freeze.ics", "https://cal.example.com/freeze.ics"})
  void readsACalendar(String source) {
    Times usual = times("calendar: \"" + source + "\"");
    Times fresh = times("calendar: \"" + source + "\", maxStale: 2h, zone: Europe/Berlin");

    assertThat(usual).isEqualTo(new Times.Calendar(source, UTC, Duration.ofHours(24)));
    assertThat(fresh).isEqualTo(new Times.Calendar(source, BERLIN, Duration.ofHours(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *",
        "*/15 0-6,22 1,15 jan-mar MON-FRI",
        "0 0 ? * 7",
        "@daily",
        "59 23 31 12 0"
      })
  void takesSchedulesAsCronJobsDo(String schedule) {
    Times times = times("schedule: \"" + schedule + "\", duration: 1h");

    assertThat(times).isEqualTo(new Times.Cron(schedule, Duration.ofHours(1), UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * *",
        "0 2 * * * *",
        "60 2 * * *",
        "0 24 * * *",
        "0 2 32 * *",
        "0 2 * 13 *",
        "0 2 * * 8",
        "0 2 * * monday",
        "-1 2 * * *",
        "1,,2 2 * * *",
        "TZ=UTC 0 2 * * *",
        "@nightly",
        "every night"
      })
  void refusesSchedulesThatAreNone(String schedule) {
    List<Problem> problems =
        ToolsForTests.problems(
            ToolsForTests.load(
                file("name: w, mode: deny, duration: 1h, schedule: \"" + schedule + "\"")));

    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo("windows[0].schedule");
          assertThat(CronSchedule.fault(schedule)).contains(problem.message());
        });
  }

  private static Times times(String text) {
    return window("name: w, mode: deny, " + text).times().getFirst();
  }

  private static Window window(String text) {
    return ToolsForTests.valid(file(text)).guardrails().windows().getFirst();
  }

  private static String file(String window) {
    return "apiVersion: kubewicket.dev/v1\nwindows: [{" + window.replace("\n", "\n  ") + "}]\n";
  }
}
