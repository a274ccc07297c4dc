package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(new Admission.Bounds(100_000, 150_000));

  @Test
  void boundsWhatOneCallerHoldsAndWhatAllHold() {
    ByteBudget.Held ada = budget.hold("ada");
    ByteBudget.Held again = budget.hold("ada");
    ByteBudget.Held eve = budget.hold("eve");

    assertThat(ada.upTo(60_000)).isTrue();
    assertThat(again.upTo(60_000)).isFalse();
    assertThat(again.upTo(40_000)).isTrue();
    assertThat(eve.upTo(60_000)).isFalse();
    assertThat(eve.upTo(50_000)).isTrue();
  }

  @Test
  void givesBackWhatWasHeld() {
    try (ByteBudget.Held held = budget.hold("ada")) {
      assertThat(held.upTo(50_000)).isTrue();
      assertThat(held.upTo(100_000)).isTrue();
      assertThat(held.upTo(100_001)).isFalse();
    }

    assertThat(budget.hold("ada").upTo(100_000)).isTrue();
  }

  @Test
  void letsShortBodiesInWhateverIsHeld() {
    ByteBudget.Held full = budget.hold("ada");
    assertThat(full.upTo(100_000)).isTrue();

    assertThat(budget.hold("ada").upTo(ByteBudget.FREE)).isTrue();
    assertThat(budget.hold("ada").upTo(ByteBudget.FREE + 1)).isFalse();
  }
}
