package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallersAdviceTest {
  @Test
  void saysWhichEntryLeavesNobodyToALaterOne() {
    List<Problem> warnings = warnings("[\"token:*\"]", "[\"token:ci\", \"token:web-*\"]");

    assertThat(warnings)
        .extracting(Problem::toString)
        .containsExactly(
            "tools.yaml:4:5: callers[1]: This entry never holds, because the one at line 3 matches"
                + " everybody whom it matches; move it up or remove it.");
  }

  @Test
  void countsEarlierEntriesTogether() {
    List<Problem> warnings = warnings("[\"token:*\"]", "[\"stdio:*\"]", "[token:ci, stdio:sam]");

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("callers[2]", "those at lines 3, 4 match everybody");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["*"]          | ["token:ci"]       | true
          ["*"]          | ["group:sre"]      | true
          ["*"]          | ["*"]              | true
          ["token:ci"]   | ["token:ci"]       | true
          ["group:*"]    | ["group:sre-*"]    | true
          ["token:ci-*"] | ["token:ci"]       | false
          ["token:ci"]   | ["token:ci-*"]     | false
          ["token:ci-*"] | ["token:*"]        | false
          ["token:*"]    | ["token:ci", "sa:shop:ci"] | false
          ["group:sre"]  | ["token:sre"]      | false
          ["token:*"]    | ["group:token:a"]  | false
          ["group:*"]    | ["*"]              | false
          """)
  void warnsOnlyWhereNobodyIsLeft(String first, String second, boolean warned) {
    assertThat(warnings(first, second)).hasSize(warned ? 1 : 0);
  }

  private static List<Problem> warnings(String... matches) {
    StringBuilder yaml = new StringBuilder("apiVersion: kubewicket.dev/v1\ncallers:\n");
    for (String match : matches) {
      yaml.append("  - {match: ").append(match).append("}\n");
    }
    Checked checked = ToolsForTests.check(yaml.toString());
    assertThat(checked.loaded()).isInstanceOf(Loaded.Valid.class);
    return checked.warnings();
  }
}
