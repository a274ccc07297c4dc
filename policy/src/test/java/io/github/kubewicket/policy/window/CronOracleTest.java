package io.github.kubewicket.policy.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Compares with an oracle that knows no arithmetic: it asks every minute, by sets of numbers.
class CronOracleTest {
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kathmandu"));
  private static final List<Instant> BEGINNINGS =
      List.of(
          Instant.parse("2026-03-07T22:17:00Z"),
          Instant.parse("2026-03-28T05:00:00Z"),
          Instant.parse("2026-10-24T05:59:00Z"),
          Instant.parse("2026-10-31T20:00:00Z"),
          Instant.parse("2028-02-28T00:00:00Z"));

  @Test
  void agreesWithAskingEveryMinute() {
    Random random = new Random(20261123);
    for (int i = 0; i < 400; i++) {
      Oracle oracle = Oracle.random(random);
      CronSchedule schedule = CronSchedule.parse(oracle.text());
      ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant from = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
      Instant to = from.plus(Duration.ofHours(60));
      for (ClockChange change : ClockChange.values()) {
        List<Instant> expected = oracle.starts(from, to, zone, change);

        List<Instant> starts = schedule.startsBetween(from, to, zone, change);

        assertThat(starts).as("%s %s %s %s", oracle.text(), zone, from, change).isEqualTo(expected);
      }
    }
  }

  @Test
  void findsTheSameGoingBackwards() {
    Random random = new Random(4711);
    for (int i = 0; i < 400; i++) {
      Oracle oracle = Oracle.random(random);
      CronSchedule schedule = CronSchedule.parse(oracle.text());
      ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant from = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
      Instant to = from.plus(Duration.ofHours(48));
      for (ClockChange change : ClockChange.values()) {
        List<Instant> expected = schedule.startsBetween(from, to, zone, change);

        List<Instant> backwards = new ArrayList<>();
        CronWalk walk = new CronWalk(schedule, zone, change);
        Optional<Instant> found = walk.atOrBefore(to.minusNanos(1), from.minusNanos(1));
        while (found.isPresent()) {
          backwards.addFirst(found.get());
          found = walk.atOrBefore(found.get().minusNanos(1), from.minusNanos(1));
        }

        assertThat(backwards).as("%s %s %s", oracle.text(), zone, change).isEqualTo(expected);
      }
    }
  }

  @Test
  void matchesTheMinutesThatTheOracleMatches() {
    Random random = new Random(99);
    for (int i = 0; i < 300; i++) {
      Oracle oracle = Oracle.random(random);
      CronSchedule schedule = CronSchedule.parse(oracle.text());
      ZonedDateTime start = ZonedDateTime.ofInstant(BEGINNINGS.get(i % 5), ZONES.get(i % 5));
      for (int minute = 0; minute < 3_000; minute += 7) {
        ZonedDateTime time = start.plusMinutes(minute);

        boolean matches = schedule.matches(time);

        assertThat(matches)
            .as("%s at %s", oracle.text(), time)
            .isEqualTo(oracle.fires(time.toLocalDateTime()));
      }
    }
  }

  private record Oracle(
      String text,
      Set<Integer> minutes,
      Set<Integer> hours,
      Set<Integer> days,
      Set<Integer> months,
      Set<Integer> weekdays,
      boolean eitherDay) {
    static Oracle random(RandomGenerator random) {
      StringBuilder text = new StringBuilder();
      Set<Integer> minutes = field(text, random, 0, 59, 40);
      Set<Integer> hours = field(text, random, 0, 23, 40);
      int before = text.length();
      Set<Integer> days = field(text, random, 1, 31, 50);
      boolean dayChooses = text.charAt(before) != '*';
      Set<Integer> months = field(text, random, 1, 12, 85);
      before = text.length();
      Set<Integer> weekdays = field(text, random, 0, 6, 50);
      boolean weekdayChooses = text.charAt(before) != '*';
      return new Oracle(
          text.toString().strip(),
          minutes,
          hours,
          days,
          months,
          weekdays,
          dayChooses && weekdayChooses);
    }

    /// Appends a field, and says which numbers it means.
    private static Set<Integer> field(
        StringBuilder text, RandomGenerator random, int least, int most, int percentAny) {
      Set<Integer> numbers = new HashSet<>();
      if (random.nextInt(100) < percentAny) {
        text.append("* ");
        for (int n = least; n <= most; n++) {
          numbers.add(n);
        }
        return numbers;
      }
      int items = 1 + random.nextInt(3);
      for (int i = 0; i < items; i++) {
        int from = random.nextInt(least, most + 1);
        int to = random.nextInt(from, most + 1);
        int step = 1 + random.nextInt(5);
        text.append(i == 0 ? "" : ",");
        switch (random.nextInt(3)) {
          case 0 -> {
            text.append(from);
            numbers.add(from);
          }
          case 1 -> {
            text.append(from).append('-').append(to);
            for (int n = from; n <= to; n++) {
              numbers.add(n);
            }
          }
          default -> {
            text.append(from).append('-').append(to).append('/').append(step);
            for (int n = from; n <= to; n += step) {
              numbers.add(n);
            }
          }
        }
      }
      text.append(' ');
      return numbers;
    }

    boolean fires(LocalDateTime time) {
      boolean day = days.contains(time.getDayOfMonth());
      boolean weekday = weekdays.contains(time.getDayOfWeek().getValue() % 7);
      return minutes.contains(time.getMinute())
          && hours.contains(time.getHour())
          && months.contains(time.getMonthValue())
          && (eitherDay ? day || weekday : day && weekday);
    }

    List<Instant> starts(Instant from, Instant to, ZoneId zone, ClockChange change) {
      List<Instant> starts = new ArrayList<>();
      Set<LocalDateTime> seen = new HashSet<>();
      // What is repeated before the beginning counts as seen.
      for (Instant at = from.minus(Duration.ofHours(6)); at.isBefore(from); at = minuteAfter(at)) {
        seen.add(LocalDateTime.ofInstant(at, zone));
      }
      for (Instant at = from; at.isBefore(to); at = minuteAfter(at)) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        boolean again = !seen.add(local);
        boolean fires = fires(local) && !(again && change == ClockChange.OPENING);
        if (change == ClockChange.CLOSING) {
          LocalDateTime skipped = LocalDateTime.ofInstant(at.minusSeconds(60), zone).plusMinutes(1);
          while (skipped.isBefore(local)) {
            fires |= fires(skipped);
            skipped = skipped.plusMinutes(1);
          }
        }
        if (fires) {
          starts.add(at);
        }
      }
      return starts;
    }

    private static Instant minuteAfter(Instant at) {
      return at.plusSeconds(60);
    }
  }
}
