package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineMaskTest {
  private static final String BODY =
      "MIIEpAIBAAKCAQEA7v1Zk3nF8yJw0Tt5o3e1mK9xQb2LrU4cPqS6dHgVfYiW0aXz";

  @Test
  void masksAPrivateKeyOverManyLines() {
    List<String> lines =
        List.of(
            "before",
            "-----BEGIN RSA PRIVATE KEY-----",
            "short",
            BODY,
            "-----END RSA PRIVATE KEY-----",
            "after");

    assertThat(masked(lines)).isEqualTo("before\n*** private key ***\n***\n***\n***\nafter");
  }

  @Test
  void masksTheMiddleOfAKeyWhoseHeadIsOutOfSight() {
    assertThat(masked(List.of(BODY, "AbC", "done"))).isEqualTo("***\nAbC\ndone");
  }

  @Test
  void doesNotMaskForeverAfterAKeyThatNeverEnds() {
    LineMask mask = new LineMask();

    String last = "";
    mask.line("-----BEGIN PRIVATE KEY-----");
    for (int i = 0; i < 200; i++) {
      last = mask.line("an ordinary line");
    }

    assertThat(last).isEqualTo("an ordinary line");
  }

  private static String masked(List<String> lines) {
    LineMask mask = new LineMask();
    return lines.stream().map(mask::line).collect(Collectors.joining("\n"));
  }
}
