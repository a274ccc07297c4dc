package io.github.kubewicket.policy.window;

import static io.github.kubewicket.policy.window.WindowsForTests.BERLIN;
import static io.github.kubewicket.policy.window.WindowsForTests.NEW_YORK;
import static io.github.kubewicket.policy.window.WindowsForTests.cron;
import static io.github.kubewicket.policy.window.WindowsForTests.daily;
import static io.github.kubewicket.policy.window.WindowsForTests.deny;
import static io.github.kubewicket.policy.window.WindowsForTests.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.guard.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for windows of any shape.
class RandomWindowsTest {
  private static final Instant NIGHT = Instant.parse("2026-11-23T01:17:00Z");

  private final WindowCheck check = new WindowCheck(Calendars.none());

  @Test
  void theMomentThatARefusalNamesIsTheFirstThatIsNotRefused() {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      List<Window> windows = randomWindows(random);
      Instant now = NIGHT.plusSeconds(random.nextInt(400 * 86_400));
      if (!(look(windows, now) instanceof Finding.Refused(Denial denial))) {
        continue;
      }

      Instant end = denial.retryAfter().orElse(now.plus(Duration.ofDays(30)));

      denial
          .retryAfter()
          .ifPresent(at -> assertThat(look(windows, at)).isNotInstanceOf(Finding.Refused.class));
      Instant until =
          end.isBefore(now.plus(Duration.ofDays(4))) ? end : now.plus(Duration.ofDays(4));
      for (Instant at = now; at.isBefore(until); at = at.plusSeconds(7_919)) {
        assertThat(look(windows, at)).as("%s %s", windows, at).isInstanceOf(Finding.Refused.class);
      }
    }
  }

  @Test
  void addingAClosingWindowNeverAllowsMore() {
    Random random = new Random(8);
    for (int round = 0; round < 300; round++) {
      List<Window> windows = new ArrayList<>(randomWindows(random));
      Instant now = NIGHT.plusSeconds(random.nextInt(400 * 86_400));
      Finding before = look(windows, now);
      windows.add(random.nextInt(windows.size() + 1), deny("more", randomTimes(random)));

      Finding after = look(windows, now);

      assertThat(rank(after)).isLessThanOrEqualTo(rank(before));
    }
  }

  private static List<Window> randomWindows(Random random) {
    List<Window> windows = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      Window.Mode mode = random.nextInt(3) == 0 ? Window.Mode.ALLOW : Window.Mode.DENY;
      Tier ceiling = random.nextInt(3) == 0 ? Tier.APPROVE : Tier.NEVER;
      windows.add(window("w" + i, mode, ceiling, randomTimes(random), randomTimes(random)));
    }
    return windows;
  }

  private static Times randomTimes(Random random) {
    return switch (random.nextInt(3)) {
      case 0 ->
          cron(
              random.nextInt(60) + " " + random.nextInt(24) + " * * " + random.nextInt(7),
              "PT" + (1 + random.nextInt(3_000)) + "M");
      case 1 ->
          daily(
              "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60)),
              "%02d:00".formatted(random.nextInt(24)),
              random.nextBoolean() ? BERLIN : NEW_YORK);
      default -> {
        Instant from = NIGHT.plusSeconds(random.nextInt(400 * 86_400));
        yield new Times.Dates(from, from.plusSeconds(random.nextInt(20 * 86_400)));
      }
    };
  }

  private static int rank(Finding finding) {
    return switch (finding) {
      case Finding.Refused _ -> 0;
      case Finding.Ceiling(Tier tier, Reason _, String _) -> tier.ordinal();
      case Finding.Passed _ -> 100;
    };
  }

  private Finding look(List<Window> windows, Instant now) {
    return check.look(windows, now, "shop", "Deployment", "restart_workload");
  }
}
