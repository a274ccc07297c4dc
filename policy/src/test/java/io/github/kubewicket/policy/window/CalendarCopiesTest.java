package io.github.kubewicket.policy.window;

import static io.github.kubewicket.policy.window.CalendarReadingTest.calendar;
import static io.github.kubewicket.policy.window.CalendarReadingTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ManualClock;
import io.github.kubewicket.policy.guard.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarCopiesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String TODAY = event("DTSTART;VALUE=DATE:20261123\n");
  private static final String TOMORROW = event("DTSTART;VALUE=DATE:20261124\n");
  private static final Span MONDAY =
      new Span(Instant.parse("2026-11-22T23:00:00Z"), Instant.parse("2026-11-23T23:00:00Z"));
  private static final Span TUESDAY =
      new Span(Instant.parse("2026-11-23T23:00:00Z"), Instant.parse("2026-11-24T23:00:00Z"));

  @TempDir Path directory;

  private final ManualClock clock = ManualClock.at("2026-11-23T12:00:00Z");
  private final AtomicReference<String> served = new AtomicReference<>(TODAY);
  private final AtomicInteger fetches = new AtomicInteger();
  private final CalendarCopies copies =
      new CalendarCopies(
          (_, _) -> {
            fetches.incrementAndGet();
            String text = served.get();
            if (text.startsWith("!")) {
              throw new IOException(text.substring(1));
            }
            return text;
          },
          clock,
          Runnable::run);

  @Test
  void readsAFile() throws IOException {
    Path file = write("freeze.ics", TODAY);

    assertThat(busy(file)).containsExactly(MONDAY);
  }

  @Test
  void seesAFileThatWasReplaced() throws IOException {
    Path file = write("freeze.ics", TODAY);
    assertThat(busy(file)).containsExactly(MONDAY);
    Path other = write("new.ics", TOMORROW + "\n");

    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(busy(file)).containsExactly(TUESDAY);
  }

  @Test
  void seesWithinAMinuteAFileThatLooksTheSame() throws IOException {
    Path file = write("freeze.ics", TODAY);
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(busy(file)).containsExactly(MONDAY);
    Files.writeString(file, TOMORROW);
    Files.setLastModifiedTime(file, time);

    clock.advance(Duration.ofMinutes(1));

    assertThat(busy(file)).containsExactly(TUESDAY);
  }

  @Test
  void aFileThatBreaksIsClosedAtOnceAndOpenWhenItIsMended() throws IOException {
    Path file = write("freeze.ics", TODAY);
    assertThat(busy(file)).containsExactly(MONDAY);

    Files.writeString(file, TODAY.substring(0, 60));

    assertThat(unavailable(file.toString()))
        .isEqualTo("The calendar freeze.ics is not an iCalendar (RFC 5545) that can be read.");
    Files.writeString(file, TOMORROW + "\n");
    assertThat(busy(file)).containsExactly(TUESDAY);
    Files.delete(file);
    assertThat(unavailable(file.toString())).isEqualTo("The calendar freeze.ics does not exist.");
  }

  @Test
  void doesNotReadAFileOfFiftyMegabytes() throws IOException {
    Path file = directory.resolve("big.ics");
    try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
      big.write(TODAY.getBytes(StandardCharsets.UTF_8));
      big.setLength(50L << 20);
    }

    assertThat(unavailable(file.toString()))
        .isEqualTo("The calendar big.ics is larger than 1 MiB.");
  }

  @Test
  void waitsForNothingThatIsNoFile() {
    assertThat(unavailable(directory.toString())).endsWith(" is not a file.");
    assertThat(unavailable("/dev/zero")).isEqualTo("The calendar zero is not a file.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "freeze.ics",
        "http://calendar.example.com/a.ics",
        "ftp://example.com/a.ics",
        "file:///etc/passwd",
        "https://user:secret@example.com/a.ics",
        "https:///a.ics",
        "http://127.0.0.1.example.com/a.ics",
        "::",
        "",
      })
  void takesNoOtherSource(String source) {
    assertThat(unavailable(source))
        .endsWith("is neither an absolute path nor an https address without a user.")
        .doesNotContain("secret");
    assertThat(fetches).hasValue(0);
  }

  @Test
  void fetchesAnAddressAtMostEveryFiveMinutes() {
    String address = "https://calendar.example.com/private-secret/basic.ics";
    assertThat(busy(address)).containsExactly(MONDAY);
    served.set(TOMORROW);
    clock.advance(Duration.ofSeconds(299));

    assertThat(busy(address)).containsExactly(MONDAY);
    clock.advance(Duration.ofSeconds(1));

    assertThat(busy(address)).containsExactly(TUESDAY);
    assertThat(fetches).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!answered 503", "<html>Sign in</html>"})
  void keepsTheLastGoodCopyUntilItIsTooOld(String broken) {
    String address = "https://calendar.example.com/private-secret/basic.ics";
    assertThat(busy(address)).containsExactly(MONDAY);
    served.set(broken);
    clock.advance(Duration.ofHours(24).minusSeconds(1));

    assertThat(busy(address)).containsExactly(MONDAY);
    clock.advance(Duration.ofSeconds(1));

    assertThat(unavailable(address))
        .startsWith(
            "The calendar of calendar.example.com was last fetched at 2026-11-23T12:00:00Z, too"
                + " long ago: it ")
        .doesNotContain("secret");
  }

  @Test
  void aClockThatWasSetBackMakesACopyTooOldAsWell() {
    String address = "https://calendar.example.com/a.ics";
    assertThat(busy(address)).containsExactly(MONDAY);
    served.set("!answered 503");

    clock.advance(Duration.ofDays(-2));

    assertThat(unavailable(address)).contains("too long ago");
  }

  @Test
  void anAddressThatNeverAnsweredIsTriedAgainAMinuteLater() {
    String address = "http://127.0.0.1:1/a.ics";
    served.set("!cannot be reached");
    assertThat(unavailable(address)).isEqualTo("The calendar of 127.0.0.1 cannot be reached.");
    served.set(TODAY);
    assertThat(unavailable(address)).contains("cannot be reached");

    clock.advance(Duration.ofMinutes(1));

    assertThat(busy(address)).containsExactly(MONDAY);
  }

  @Test
  void aRefreshInTheBackgroundKeepsNobodyWaiting() {
    Queue<Runnable> later = new ArrayDeque<>();
    AtomicInteger asked = new AtomicInteger();
    CalendarCopies lazy =
        new CalendarCopies(
            (_, _) -> asked.getAndIncrement() == 0 ? TODAY : TOMORROW,
            clock,
            task -> {
              if (asked.get() == 0) {
                task.run();
              } else {
                later.add(task);
              }
            });
    Times.Calendar calendar = times("https://calendar.example.com/a.ics");
    assertThat(busy(lazy.at(calendar, clock.instant()))).containsExactly(MONDAY);
    clock.advance(Duration.ofMinutes(5));

    assertThat(busy(lazy.at(calendar, clock.instant()))).containsExactly(MONDAY);
    assertThat(busy(lazy.at(calendar, clock.instant()))).containsExactly(MONDAY);

    assertThat(later).hasSize(1);
    later.remove().run();
    assertThat(busy(lazy.at(calendar, clock.instant()))).containsExactly(TUESDAY);
  }

  @Test
  void anExecutorThatTakesNothingLeavesTheCalendarClosed() {
    CalendarCopies refused =
        new CalendarCopies(
            (_, _) -> TODAY,
            clock,
            _ -> {
              throw new RejectedExecutionException("full");
            });

    Calendars.Answer answer =
        refused.at(times("https://calendar.example.com/a.ics"), clock.instant());

    assertThat(answer).isInstanceOf(Calendars.Answer.Unavailable.class);
  }

  @Test
  void preparesBeforeAnybodyAsks() {
    Window window = WindowsForTests.deny("freeze", times("https://calendar.example.com/a.ics"));

    copies.prepare(List.of(window));

    assertThat(fetches).hasValue(1);
    assertThat(busy("https://calendar.example.com/a.ics")).containsExactly(MONDAY);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void worksEventsOutAnewAsTimeGoesOn() throws IOException {
    Path file =
        write("freeze.ics", event("DTSTART:20261123T020000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY\n"));
    assertThat(busy(file))
        .extracting(Span::from)
        .containsExactly(Instant.parse("2027-11-23T02:00:00Z"));

    clock.advance(Duration.ofDays(3 * 365));

    assertThat(busy(file)).extracting(Span::from).contains(Instant.parse("2030-11-23T02:00:00Z"));
  }

  @Test
  void aWindowOfACalendarClosesAndNamesItsEnd() throws IOException {
    Path file = write("freeze.ics", TODAY);
    Window window = WindowsForTests.deny("freeze", times(file.toString()));

    Finding finding =
        new WindowCheck(copies).look(List.of(window), clock.instant(), "shop", "Pod", "evict_pod");

    assertThat(finding)
        .isInstanceOfSatisfying(
            Finding.Refused.class,
            it -> assertThat(it.denial().retryAfter()).contains(MONDAY.until()));
  }

  @Test
  void anEmptyCalendarClosesNothing() throws IOException {
    assertThat(busy(write("empty.ics", calendar("")))).isEmpty();
  }

  @Test
  void loadsNothingOfTheLibraryWhereNoWindowUsesACalendar() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + directory.resolve("classes.txt"),
                "-cp",
                System.getProperty("java.class.path"),
                NoCalendarProcess.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("WINDOW_CLOSED");
    assertThat(Files.readString(directory.resolve("classes.txt")))
        .contains("io.github.kubewicket.policy.window.CalendarCopies ")
        .doesNotContain("net.fortuna");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static Times.Calendar times(String source) {
    return new Times.Calendar(source, BERLIN, Duration.ofHours(24));
  }

  private List<Span> busy(Path file) {
    return busy(file.toString());
  }

  private List<Span> busy(String source) {
    return busy(copies.at(times(source), clock.instant()));
  }

  private static List<Span> busy(Calendars.Answer answer) {
    assertThat(answer).isInstanceOf(Calendars.Answer.Busy.class);
    return ((Calendars.Answer.Busy) answer).spans();
  }

  private String unavailable(String source) {
    Calendars.Answer answer = copies.at(times(source), clock.instant());
    assertThat(answer).isInstanceOf(Calendars.Answer.Unavailable.class);
    return ((Calendars.Answer.Unavailable) answer).why();
  }
}
