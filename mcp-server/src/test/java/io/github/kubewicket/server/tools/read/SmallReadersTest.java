package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.github.kubewicket.server.cluster.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallReadersTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "10m,PT10M", "2h,PT2H", "1d,P1D", "1h30m,PT90M", "1w,P7D"})
  void readsASpan(String text, Duration span) {
    assertThat(Since.parse(text, NOW)).contains(NOW.minus(span));
  }

  @Test
  void readsATimeWithItsZone() {
    assertThat(Since.parse("2026-01-01T10:00:00+02:00", NOW))
        .contains(Instant.parse("2026-01-01T08:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "m", "-5m", "5x", "0s", "yesterday", "99999999999d", "5m7"})
  void refusesWhatIsNeither(String text) {
    assertThat(Since.parse(text, NOW)).isEmpty();
  }

  @Test
  void keepsTheNewestLinesAndCountsRepeatedOnes() {
    LogTail tail = new LogTail("p", Optional.empty(), 2, 10_000);
    for (String text : new String[] {"a", "b", "b", "b", "c", "c"}) {
      tail.take(new LogLine("", text, 0));
    }

    assertThat(tail.entries())
        .containsExactly(new LogTail.Entry("p", "", "b", 3), new LogTail.Entry("p", "", "c", 2));
    assertThat(tail.read()).isEqualTo(6);
  }

  @Test
  void saysHowMuchOfALongLineIsHidden() {
    LogTail tail = new LogTail("p", Optional.empty(), 10, 10_000);

    tail.take(new LogLine("", "x".repeat(700), 9_300));

    assertThat(tail.entries().getFirst().text())
        .isEqualTo("x".repeat(500) + "… [+9500 characters]");
  }

  @Test
  void holdsNoMoreThanItsRoomHoweverMuchStreamsBy() {
    LogTail tail = new LogTail("p", Optional.empty(), 2_000, 8_000);

    for (int i = 0; i < 100_000; i++) {
      tail.take(new LogLine("", i + "y".repeat(400), 9_600));
    }

    assertThat(tail.entries().stream().mapToInt(line -> line.text().length()).sum())
        .isLessThan(8_000);
    assertThat(tail.entries().getLast().text()).startsWith("99999y");
  }

  @Test
  void looksOnlyAtLinesThatMatch() {
    LogTail tail = new LogTail("p", Optional.of(Pattern.compile("(?i)error")), 10, 10_000);

    tail.take(new LogLine("", "fine", 0));
    tail.take(new LogLine("", "an ERROR", 0));

    assertThat(tail.entries()).extracting(LogTail.Entry::text).containsExactly("an ERROR");
  }

  @ParameterizedTest
  @CsvSource({
    "Pod web-5d9f failed 3 times,Pod # failed # times",
    "Back-off restarting,Back-off restarting",
    "sha256:0a1b pulled in 1.5s,#:# pulled in #.#",
  })
  void seesTheShapeOfAMessage(String message, String shape) {
    assertThat(EventGroups.shape(message)).isEqualTo(shape);
  }
}
