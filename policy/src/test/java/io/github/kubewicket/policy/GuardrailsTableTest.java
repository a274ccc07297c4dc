package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.guard.Assessment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/// The table of the guardrails says what there is: every guardrail, every code, tests that exist.
class GuardrailsTableTest {
  private static final Path PAGE = Path.of("..", "docs", "guardrails.md");
  private static final Path SOURCES = Path.of("src/main/java/io/github/kubewicket/policy");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern REASON = Pattern.compile("\\bReason\\.([A-Z_]+)\\b");

  private static List<List<String>> rows;
  private static String page;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(PAGE);
    rows =
        page.lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| check |"))
            .filter(line -> !line.startsWith("| tier |"))
            .map(line -> Arrays.asList(line.substring(1).split("\\|")))
            .toList();
  }

  @Test
  void namesEveryGuardrailInTheirOrder(@TempDir Path directory) {
    try (GateFixture fixture =
        new GateFixture(
            directory,
            "rules: [{name: r, tools: [restart_workload], namespaces: [shop], tier: auto}]\n")) {
      List<String> asked =
          fixture.gate().explain(new Calls(fixture).restart()).steps().stream()
              .map(Assessment.Step::check)
              .toList();

      List<String> named =
          rows.stream().map(row -> quoted(row.getFirst())).flatMap(List::stream).toList();
      assertThat(named).containsSubsequence(asked);
      assertThat(asked).hasSizeGreaterThan(25);
    }
  }

  @Test
  void namesEveryCodeThatAGuardrailAnswersWithAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    rows.forEach(row -> named.addAll(quoted(row.get(3))));

    assertThat(named).containsAll(answered());
    assertThat(Stream.of(Reason.values()).map(Reason::name)).containsAll(named);
  }

  @Test
  void namesTestsThatExist() throws ClassNotFoundException {
    List<String> named = new ArrayList<>();
    for (String text : quoted(page)) {
      if (text.matches("[A-Z]\\w+Test\\.\\w+")) {
        named.add(text);
      }
    }

    assertThat(named).hasSizeGreaterThan(60);
    for (String test : named) {
      String[] parts = test.split("\\.");
      Class<?> owner = Class.forName(getClass().getPackageName() + "." + parts[0]);
      assertThat(Arrays.stream(owner.getDeclaredMethods()))
          .as(test)
          .anyMatch(method ->
              method.getName().equals(parts[1])
                  && (method.isAnnotationPresent(Test.class)
                      || method.isAnnotationPresent(ParameterizedTest.class)));
    }
  }

  @Test
  void givesEveryGuardrailATest() {
    assertThat(rows).hasSizeGreaterThan(30).allMatch(row -> row.get(5).contains("Test."));
  }

  /// The codes in the sources of what decides.
  private static Set<String> answered() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("", "guard", "window", "limit", "approval")) {
      try (Stream<Path> list = Files.list(SOURCES.resolve(folder))) {
        files.addAll(list.filter(file -> file.toString().endsWith(".java")).toList());
      }
    }
    Set<String> codes = new TreeSet<>();
    for (Path file : files) {
      codes.addAll(
          REASON
              .matcher(Files.readString(file))
              .results()
              .map(match -> match.group(1))
              .collect(Collectors.toSet()));
    }
    return codes;
  }

  private static List<String> quoted(String text) {
    return QUOTED.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
