package io.github.kubewicket.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.command.DemoServed;
import io.github.kubewicket.server.testing.NodeTools;
import io.github.kubewicket.server.testing.RealNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The protocol's own conformance suite, every scenario that it scores and none excused, against
/// the real server over HTTP: the real surface of the real call path on the demo cluster, and the
/// fixture beside it.
@RealNode
class ConformanceIT {
  private static final String SUITE = "@modelcontextprotocol/conformance/dist/index.js";

  /// A line of the summary; those that are not scored come again below it, with the reason.
  private static final Pattern SCENARIO =
      Pattern.compile("(?m)^(✓|✗) ([a-z0-9-]+): \\d+ passed, \\d+ failed$");

  private static final Pattern NOT_SCORED =
      Pattern.compile("(?m)^  (?:✓|✗) ([a-z0-9-]+) \\(.+\\)$");

  @TempDir private static Path folder;
  private static DemoServed demo;
  private static FixtureServer server;

  @BeforeAll
  static void serve() throws IOException {
    demo = new DemoServed(folder);
    server = FixtureServer.start(demo.surface(), 0);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.close();
    demo.close();
  }

  /// The scenarios that a revision's requirements score are counted, so that a suite that runs
  /// fewer of them is noticed.
  @ParameterizedTest
  @CsvSource({"2025-11-25, 30", "2026-07-28, 37"})
  void passesEveryScenarioThatIsScored(String requirements, int scored) throws Exception {
    Path output = Path.of("target", "conformance", requirements);
    Files.createDirectories(output);
    Path log = output.resolve("output.txt");

    Process suite =
        new ProcessBuilder(
                NodeTools.theirs(
                    SUITE,
                    "server",
                    "--url",
                    server.url(),
                    "--requirements",
                    requirements,
                    "--output-dir",
                    output.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = suite.waitFor(240, TimeUnit.SECONDS);
    suite.destroyForcibly();
    Map<String, String> marks = marks(Files.readString(log));

    assertThat(ended).as("ends; see %s", log).isTrue();
    assertThat(suite.exitValue()).as("the exit status; see %s", log).isZero();
    assertThat(marks).as("what %s scores", requirements).hasSize(scored);
    assertThat(marks.values()).as("see %s", log).containsOnly("✓");
  }

  /// The marks of the scored scenarios, by name.
  private static Map<String, String> marks(String output) {
    Map<String, String> marks = new TreeMap<>();
    Matcher scenario = SCENARIO.matcher(output);
    while (scenario.find()) {
      marks.put(scenario.group(2), scenario.group(1));
    }
    Matcher excused = NOT_SCORED.matcher(output);
    while (excused.find()) {
      marks.remove(excused.group(1));
    }
    return marks;
  }
}
