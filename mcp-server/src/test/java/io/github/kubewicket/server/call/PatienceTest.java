package io.github.kubewicket.server.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Waiting within a call.
class PatienceTest {
  private final List<Duration> slept = new ArrayList<>();
  private final List<Double> told = new ArrayList<>();
  private final Patience patience = new Patience(slept::add);

  @Test
  void sleepsForSoLongInStepsAndSaysHowFarItHasCome() throws InterruptedException {
    Duration waited = wait(Duration.ofSeconds(12), () -> true);

    assertThat(waited).isEqualTo(Duration.ofSeconds(12));
    assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(waited);
    assertThat(slept).hasSize(10);
    assertThat(told).isSorted().last().isEqualTo(12.0);
  }

  @Test
  void noStepIsLongerThanFiveSeconds() throws InterruptedException {
    Duration waited = wait(Duration.ofMinutes(15), () -> true);

    assertThat(waited).isEqualTo(Duration.ofMinutes(15));
    assertThat(slept).hasSize(180).allMatch(Duration.ofSeconds(5)::equals);
  }

  @Test
  void aLookThatEndsItLeavesWhatWasSlept() throws InterruptedException {
    Duration waited = wait(Duration.ofSeconds(60), () -> slept.size() < 3);

    assertThat(waited).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void nothingToWaitForIsNotWaitedFor() throws InterruptedException {
    Duration waited = wait(Duration.ZERO, () -> true);

    assertThat(waited).isZero();
    assertThat(slept).isEmpty();
  }

  private Duration wait(Duration time, Patience.Look look) throws InterruptedException {
    return patience.wait(time, (done, total, message) -> told.add(done), "waiting", look);
  }
}
