package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The time that one call has.
class CallTimeTest {
  @Test
  void aCallWithinACallHasNoMoreTimeThanTheOuterOne() {
    record Seen(Optional<Deadline> outer, Optional<Deadline> inner) {}

    Seen seen =
        CallTime.within(() -> {
          Optional<Deadline> outer = CallTime.left();
          pass();
          return new Seen(outer, CallTime.within(CallTime::left));
        });

    assertThat(seen.outer()).isPresent();
    assertThat(seen.inner()).isEqualTo(seen.outer());
  }

  private static void pass() {
    long then = System.nanoTime();
    while (System.nanoTime() == then) {
      Thread.onSpinWait();
    }
  }
}
