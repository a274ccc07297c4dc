package io.github.kubewicket.policy.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * *          | 2026-11-23T00:00:00Z | 2026-11-23T02:00:00Z",
        "*/15 * * * *       | 2026-11-23T00:01:00Z | 2026-11-23T00:15:00Z",
        "5/20 * * * *       | 2026-11-23T00:26:00Z | 2026-11-23T00:45:00Z",
        "10-20/5,40 * * * * | 2026-11-23T00:21:00Z | 2026-11-23T00:40:00Z",
        "0 0 * * mon-FRI    | 2026-11-21T00:00:00Z | 2026-11-23T00:00:00Z",
        "0 0 * * 7          | 2026-11-23T00:00:00Z | 2026-11-29T00:00:00Z",
        "0 0 * * 5-7        | 2026-11-23T00:00:00Z | 2026-11-27T00:00:00Z",
        "0 0 13 * FRI       | 2026-11-14T00:00:00Z | 2026-11-20T00:00:00Z",
        "0 0 13 * ?         | 2026-11-14T00:00:00Z | 2026-12-13T00:00:00Z",
        "0 0 */2 * MON      | 2026-11-23T00:01:00Z | 2026-11-25T00:00:00Z",
        "0 0 */1 * MON      | 2026-11-23T00:01:00Z | 2026-11-30T00:00:00Z",
        "30 6 1 jan,Jul *   | 2026-11-23T00:00:00Z | 2027-01-01T06:30:00Z",
        "59 23 31 12 *      | 2026-11-23T00:00:00Z | 2026-12-31T23:59:00Z",
        "0 0 29 2 *         | 2027-02-01T00:00:00Z | 2028-02-29T00:00:00Z",
        "@hourly            | 2026-11-23T00:00:01Z | 2026-11-23T01:00:00Z",
        "@daily             | 2026-11-23T00:00:01Z | 2026-11-24T00:00:00Z",
        "@midnight          | 2026-11-23T00:00:01Z | 2026-11-24T00:00:00Z",
        "@weekly            | 2026-11-23T00:00:01Z | 2026-11-29T00:00:00Z",
        "@monthly           | 2026-11-23T00:00:01Z | 2026-12-01T00:00:00Z",
        "@yearly            | 2026-11-23T00:00:01Z | 2027-01-01T00:00:00Z",
        "@annually          | 2026-11-23T00:00:01Z | 2027-01-01T00:00:00Z",
      })
  void findsTheNextStart(String schedule, Instant from, Instant expected) {
    List<Instant> starts =
        CronSchedule.parse(schedule)
            .startsBetween(from, expected.plus(Duration.ofMinutes(1)), ZoneOffset.UTC);

    assertThat(starts).first().isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''               | needs five fields",
        "0 2 * *          | needs five fields",
        "0 0 2 * * *      | needs five fields",
        "60 * * * *       | The minute `60`",
        "* 24 * * *       | The hour `24`",
        "* * 0 * *        | The day of the month `0`",
        "* * * 13 *       | or JAN to DEC",
        "* * * * 8        | or SUN to SAT",
        "* * * * MOON     | `MOON` is not a number from 0 to 7",
        "*/0 * * * *      | The minute `*/0`",
        "*/-5 * * * *     | the step -5",
        "*/x * * * *      | the step x",
        "5-1 * * * *      | ends before it begins",
        "1,,2 * * * *     | `` is not a number",
        "1-2-3 * * * *    | `2-3` is not a number",
        "+5 * * * *       | `+5` is not a number",
        "99999999999 * * * * | is not a number",
        "* * * * SUN-     | `` is not a number",
        "TZ=UTC 0 2 * * * | set `zone`",
        "CRON_TZ=UTC 0 2 * * * | set `zone`",
        "@every 1h        | is not a schedule",
        "@reboot          | is not a schedule",
        "@DAILY           | is not a schedule",
      })
  void saysWhatIsWrong(String schedule, String says) {
    assertThat(CronSchedule.fault(schedule)).get().asString().contains(says);
    assertThatThrownBy(() -> CronSchedule.parse(schedule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @Test
  void refusesATextThatIsTooLong() {
    String schedule = "0,".repeat(200) + "0 * * * *";

    assertThat(CronSchedule.fault(schedule)).get().asString().contains("at most 200 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"* * * * *", "  0 2\t* * *  ", "0 2 ? * ?", "00 02 01 01 00"})
  void acceptsWhatKubernetesAccepts(String schedule) {
    assertThat(CronSchedule.fault(schedule)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "KUBERNETES, Europe/Berlin, 2026-03-28T12:00:00Z, 30 2 * * *, 2026-03-30T00:30:00Z",
    "OPENING, Europe/Berlin, 2026-03-28T12:00:00Z, 30 2 * * *, 2026-03-30T00:30:00Z",
    "CLOSING, Europe/Berlin, 2026-03-28T12:00:00Z, 30 2 * * *, 2026-03-29T01:00:00Z",
    "KUBERNETES, America/New_York, 2026-03-07T12:00:00Z, 30 2 * * *, 2026-03-09T06:30:00Z",
    "OPENING, America/New_York, 2026-03-07T12:00:00Z, 30 2 * * *, 2026-03-09T06:30:00Z",
    "CLOSING, America/New_York, 2026-03-07T12:00:00Z, 30 2 * * *, 2026-03-08T07:00:00Z",
    "CLOSING, Europe/Berlin, 2026-03-28T12:00:00Z, 0 3 * * *, 2026-03-29T01:00:00Z",
  })
  void meetsATimeThatDoesNotExist(
      ClockChange change, ZoneId zone, Instant from, String schedule, Instant expected) {
    List<Instant> starts =
        CronSchedule.parse(schedule)
            .startsBetween(from, from.plus(Duration.ofDays(2)), zone, change);

    assertThat(starts).first().isEqualTo(expected);
  }

  @Test
  void firesInATimeThatExistsTwiceAsOftenAsItWasAskedTo() {
    CronSchedule schedule = CronSchedule.parse("30 1 * * *");
    Instant from = Instant.parse("2026-11-01T04:00:00Z");
    Instant to = Instant.parse("2026-11-01T12:00:00Z");
    Instant first = Instant.parse("2026-11-01T05:30:00Z");
    Instant second = Instant.parse("2026-11-01T06:30:00Z");

    List<Instant> kubernetes = schedule.startsBetween(from, to, NEW_YORK);
    List<Instant> closing = schedule.startsBetween(from, to, NEW_YORK, ClockChange.CLOSING);
    List<Instant> opening = schedule.startsBetween(from, to, NEW_YORK, ClockChange.OPENING);

    assertThat(kubernetes).containsExactly(first, second);
    assertThat(closing).containsExactly(first, second);
    assertThat(opening).containsExactly(first);
  }

  @Test
  void anHourlyScheduleLeavesNoHoleWhenTheClockIsPutBack() {
    List<Instant> starts =
        CronSchedule.parse("0 * * * *")
            .startsBetween(
                Instant.parse("2026-10-24T22:00:00Z"),
                Instant.parse("2026-10-25T23:00:00Z"),
                BERLIN);

    assertThat(starts).hasSize(25);
  }

  @Test
  void matchesAMinuteWhateverItsSeconds() {
    CronSchedule schedule = CronSchedule.parse("30 2 * * *");
    ZonedDateTime minute = ZonedDateTime.of(2026, 11, 23, 2, 30, 59, 1, BERLIN);

    assertThat(schedule.matches(minute)).isTrue();
    assertThat(schedule.matches(minute.plusMinutes(1))).isFalse();
    assertThat(schedule.matches(minute.plusHours(1))).isFalse();
  }

  @Test
  void looksNoFurtherThanItsHorizon() {
    Instant from = Instant.parse("2026-11-23T00:00:00Z");

    List<Instant> starts =
        CronSchedule.parse("0 0 29 2 *").startsBetween(from, Instant.MAX, ZoneOffset.UTC);

    assertThat(starts).isEmpty();
  }
}
