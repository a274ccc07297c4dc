package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Names as `tools.yaml` lists them.
class NamePatternsTest {
  @Test
  void anExactNameFitsItselfOnly() {
    assertThat(NamePatterns.fits("shop", "shop")).isTrue();
    assertThat(NamePatterns.fits("shop", "shop-a")).isFalse();
    assertThat(NamePatterns.fits("shop", "")).isFalse();
    assertThat(NamePatterns.fits("", "shop")).isFalse();
  }

  @Test
  void aStarAtTheEndFitsWhatFollows() {
    assertThat(NamePatterns.fits("shop-*", "shop-a")).isTrue();
    assertThat(NamePatterns.fits("shop-*", "shop-")).isTrue();
    assertThat(NamePatterns.fits("shop-*", "shop")).isFalse();
    assertThat(NamePatterns.fits("*", "")).isTrue();
  }

  @Test
  void aStarElsewhereIsACharacter() {
    assertThat(NamePatterns.fits("*-shop", "a-shop")).isFalse();
    assertThat(NamePatterns.fits("a*b*", "a*bc")).isTrue();
    assertThat(NamePatterns.fits("a*b*", "axbc")).isFalse();
  }

  @Test
  void noPatternFitsWhereThereIsNone() {
    assertThat(NamePatterns.anyFits(List.of(), "shop")).isFalse();
    assertThat(NamePatterns.anyFits(List.of("bank", "shop-*"), "shop-a")).isTrue();
  }
}
