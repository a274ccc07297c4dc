package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The `tools.yaml` in the repository's root, the examples in its comments and those in the
/// reference.
class ShippedPolicyTest {
  private static final Path FILE = Path.of("..", "tools.yaml");
  private static final Path REFERENCE = Path.of("..", "docs", "tools-yaml.md");

  @Test
  void listsEveryReadToolAndNoWriteTool() {
    Checked checked = ToolsForTests.LOADER.check(FILE);

    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.loaded())
        .isInstanceOfSatisfying(
            Loaded.Valid.class,
            valid -> {
              assertThat(valid.policy().tools()).isEqualTo(ToolsForTests.READ);
              assertThat(ToolsForTests.WRITE).noneMatch(valid.policy()::enables);
            });
  }

  @Test
  void teachesAFirstRuleThatLoadsOnceAKeyIsPasted() throws IOException {
    String learned = ToolsForTests.shippedWithExamples();

    Checked checked = ToolsForTests.check(learned.replace(ToolsForTests.PASTE, ToolsForTests.KEY));

    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.loaded())
        .isInstanceOfSatisfying(
            Loaded.Valid.class,
            valid -> {
              assertThat(valid.policy().enables("restart_workload")).isTrue();
              assertThat(valid.policy().budgets())
                  .isEqualTo(PolicyFile.readOnly(List.of()).budgets());
            });
  }

  @Test
  void shipsNoKeyThatWorks() throws IOException {
    List<Problem> problems =
        ToolsForTests.problems(ToolsForTests.load(ToolsForTests.shippedWithExamples()));

    assertThat(problems).singleElement().extracting(Problem::field).isEqualTo("approvers[0].key");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void hasExamplesInTheReferenceThatLoad(String example) {
    Checked checked = ToolsForTests.check(example.replace(ToolsForTests.PASTE, ToolsForTests.KEY));

    assertThat(checked.loaded()).isInstanceOf(Loaded.Valid.class);
    assertThat(checked.warnings()).isEmpty();
  }

  static Stream<String> examples() throws IOException {
    return Pattern.compile("```yaml\n(apiVersion.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(REFERENCE))
        .results()
        .map(example -> example.group(1));
  }
}
