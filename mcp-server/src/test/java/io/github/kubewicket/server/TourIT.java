package io.github.kubewicket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.tour.Tour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The tour that `scripts/demo` shows, with the jar that it shows it with.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the tour needs util-linux' script")
class TourIT {
  @TempDir private Path folder;

  @Test
  void everythingComesOutAsTold() throws IOException {
    ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar().toAbsolutePath().toString());

    boolean good =
        Tour.play(
            folder, command, new PrintStream(transcript, true, StandardCharsets.UTF_8), false);

    String text = transcript.toString(StandardCharsets.UTF_8);
    assertThat(good).as(text).isTrue();
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(text).doesNotContain("\u001b");
  }

  private static Path jar() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      return built
          .filter(file -> file.getFileName().toString().matches("mcp-server-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("target has no mcp-server jar; run mvn package"));
    }
  }
}
