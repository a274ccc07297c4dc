package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntrustedTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\u001b[31mred\u001b[0m,red",
        "a\u001b]0;title\u0007b,ab",
        "a\u001b]8;;http://x\u001b\\b,ab",
        "a\u0000b\u0008c\u007fd\u009fe,abcde",
        "x\u202eevil\u202cy,xevily",
        "x\u2066a\u2069\u200b\u200d\ufeffy,xay",
        "tag\udb40\udc41\udb40\udc42s,tags",
        "half\ud83d!,half\ufffd!",
        "smile \ud83d\ude00 ä 漢,smile \ud83d\ude00 ä 漢",
      })
  void leavesOnlyWhatAPersonWouldSee(String raw, String clean) {
    assertThat(Untrusted.clean(raw)).isEqualTo(clean);
  }

  @Test
  void keepsLinesAndTabsAndPlainInstances() {
    String plain = "a\tb\nc";

    assertThat(Untrusted.clean(plain)).isSameAs(plain);
    assertThat(Untrusted.clean("a\r\nb\rc\u2028d")).isEqualTo("a\nb\nc\nd");
  }

  @Test
  void doesNotLetAnUnfinishedSequenceSwallowTheNextLine() {
    assertThat(Untrusted.clean("\u001b]0;never ends\nnext")).isEqualTo("\nnext");
    assertThat(Untrusted.clean("end\u001b")).isEqualTo("end");
    assertThat(Untrusted.clean("end\u001b[")).isEqualTo("end");
  }

  @Test
  void cutsOnOneLineWithoutSplittingACharacter() {
    assertThat(Untrusted.line("ab\ncd ef", 5)).isEqualTo("ab c…");
    assertThat(Untrusted.clip("x\ud83d\ude00", 2)).isEqualTo("x");
  }
}
