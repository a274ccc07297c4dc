package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way to get `tools.yaml` wrong that we thought of, with the places and sentences that an
/// operator sees. The cases stand in `bad-policies.txt`: `### name`, the file, `>>> ` expected.
class BadPoliciesTest {
  record Case(String name, String file, List<String> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhereWhatIsWrongAndWhatWasMeant(Case bad) {
    List<String> said =
        ToolsForTests.problems(ToolsForTests.load(bad.file())).stream()
            .map(Problem::toString)
            .toList();

    assertThat(said)
        .containsExactlyElementsOf(
            bad.expected().stream().map(line -> "tools.yaml:" + line).toList());
  }

  @Test
  void hasManyCases() throws IOException {
    assertThat(cases().map(Case::name).distinct()).hasSizeGreaterThan(100);
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = BadPoliciesTest.class.getResourceAsStream("bad-policies.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^### ")).skip(1).map(BadPoliciesTest::parse);
    }
  }

  private static Case parse(String section) {
    List<String> lines = section.lines().toList();
    return new Case(
        lines.getFirst(),
        lines.stream()
            .skip(1)
            .takeWhile(line -> !line.startsWith(">>> "))
            .map(line -> line + "\n")
            .collect(Collectors.joining()),
        lines.stream()
            .filter(line -> line.startsWith(">>> "))
            .map(line -> line.substring(4))
            .toList());
  }
}
