package io.github.kubewicket.policy.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupForecastTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration MARGIN = Duration.ofMinutes(15);
  private static final Instant ALERT = Instant.parse("2026-11-23T01:17:00Z");

  @Test
  void aBackupThatRunsNowIsForeseenWithItsMargins() {
    BackupForecast forecast = seen(nightly(minutes(40, 45, 50)), ALERT);

    Activity current = forecast.current().orElseThrow();

    assertThat(current.what()).isEqualTo("CronJob/nightly-backup");
    assertThat(current.source()).isEqualTo("CronJob schedule `0 2 * * *` Europe/Berlin");
    assertThat(current.predicted()).isTrue();
    assertThat(current.from()).isEqualTo("2026-11-23T00:45:00Z");
    assertThat(current.until()).contains(Instant.parse("2026-11-23T02:05:00Z"));
    assertThat(current.concerns("Deployment/web")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T00:44:59Z, false",
    "2026-11-23T00:45:00Z, true",
    "2026-11-23T02:04:59Z, true",
    "2026-11-23T02:05:00Z, false",
    "2026-11-23T13:00:00Z, false",
  })
  void itsMarginsAreExact(Instant now, boolean inside) {
    BackupForecast forecast = seen(nightly(minutes(40, 45, 50)), now);

    assertThat(forecast.current().isPresent()).isEqualTo(inside);
  }

  @Test
  void theNextRunWithinADayIsTold() {
    BackupForecast daily = seen(nightly(List.of()), ALERT);
    BackupForecast monthly =
        seen(new BackupForecast.Plan("m", "0 2 1 * *", BERLIN, false, List.of()), ALERT);

    assertThat(daily.next().map(Activity::from)).contains(Instant.parse("2026-11-24T00:45:00Z"));
    assertThat(monthly.next()).isEmpty();
  }

  @Test
  void aShortHistoryIsNotBelieved() {
    assertThat(BackupForecast.likelyLength(List.of())).isEqualTo(Duration.ofMinutes(30));
    assertThat(BackupForecast.likelyLength(minutes(1, 2))).isEqualTo(Duration.ofMinutes(30));
    assertThat(BackupForecast.likelyLength(minutes(1, 90))).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void aLongHistoryCountsWithoutItsOutliers() {
    List<BackupForecast.Run> runs = new ArrayList<>(minutes(IntStream.range(1, 101).toArray()));

    assertThat(BackupForecast.likelyLength(runs)).isEqualTo(Duration.ofMinutes(95));
    assertThat(BackupForecast.likelyLength(minutes(5, 6, 20))).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void absurdHistoryStaysInBounds() {
    assertThat(BackupForecast.likelyLength(minutes(-5, -4, -3))).isEqualTo(Duration.ofMinutes(30));
    assertThat(BackupForecast.likelyLength(minutes(1, 2, 99_999_999)))
        .isEqualTo(Duration.ofDays(7));
  }

  @Test
  void aSuspendedCronJobStartsNothing() {
    BackupForecast.Plan plan =
        new BackupForecast.Plan("nightly-backup", "0 2 * * *", BERLIN, true, List.of());

    assertThat(seen(plan, ALERT)).isEqualTo(new BackupForecast(Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"@every 1h", "CRON_TZ=UTC 0 2 * * *", "0 2 * *"})
  void aScheduleThatCannotBeReadIsUnknown(String schedule) {
    Known<BackupForecast> forecast =
        BackupForecast.of(
            new BackupForecast.Plan("nightly", schedule, BERLIN, false, List.of()), MARGIN, ALERT);

    assertThat(forecast).isInstanceOf(Known.Unknown.class);
    assertThat(((Known.Unknown<BackupForecast>) forecast).why())
        .startsWith("When CronJob/nightly starts cannot be told: ");
  }

  @Test
  void aBackupInTheHourThatComesTwiceIsForeseenTwiceAsKubernetesRunsIt() {
    BackupForecast.Plan plan =
        new BackupForecast.Plan("b", "30 2 * * *", BERLIN, false, minutes(5, 5, 5));

    assertThat(seen(plan, Instant.parse("2026-10-25T00:32:00Z")).current()).isPresent();
    assertThat(seen(plan, Instant.parse("2026-10-25T01:00:00Z")).current()).isEmpty();
    assertThat(seen(plan, Instant.parse("2026-10-25T01:32:00Z")).current()).isPresent();
  }

  private static BackupForecast.Plan nightly(List<BackupForecast.Run> past) {
    return new BackupForecast.Plan("nightly-backup", "0 2 * * *", BERLIN, false, past);
  }

  private static List<BackupForecast.Run> minutes(int... lengths) {
    return IntStream.of(lengths)
        .mapToObj(it -> new BackupForecast.Run(Instant.EPOCH, Duration.ofMinutes(it)))
        .toList();
  }

  private static BackupForecast seen(BackupForecast.Plan plan, Instant now) {
    return ((Known.Seen<BackupForecast>) BackupForecast.of(plan, MARGIN, now)).value();
  }
}
