package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.Chromium;
import io.github.kubewicket.server.testing.RealBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A page in a real browser on the machine of the server, which lets everybody on this machine in:
/// under its own name, bound anew to this machine, and as a page of another origin.
@RealBrowser
class RebindingIT {
  private static final Path PAGE = Path.of("src", "test", "web", "evil.html");
  private static final int ATTEMPTS = 3 * 15;

  @TempDir private Path folder;

  @Test
  void aPageReadsNothingAndCallsNothing() throws Exception {
    Installation installation = new Installation(folder, folder.resolve("no-kubeconfig"));
    byte[] page = Files.readAllBytes(PAGE);
    try (HttpProcess server = HttpProcess.start(installation, "--demo");
        EvilHost evil = new EvilHost(server.port(), page);
        EvilHost evilProbes = new EvilHost(server.probesPort(), page)) {
      String url =
          "http://evil.example:%1$d/page?mcp=%1$d&health=%2$d&report=%3$d"
              .formatted(server.port(), server.probesPort(), evil.reportPort());

      List<JsonNode> learned;
      try (Chromium browser =
          Chromium.open(
              url,
              Files.createDirectory(folder.resolve("profile")),
              "MAP evil.example " + EvilHost.ADDRESS)) {
        learned =
            KubeApi.JSON.readTree(evil.report().get(120, TimeUnit.SECONDS)).valueStream().toList();
      }
      List<String> answered =
          server.metrics().lines().filter(line -> line.startsWith("kubewicket_http")).toList();
      List<String> calls =
          server.metrics().lines().filter(line -> line.startsWith("kubewicket_tool")).toList();

      assertThat(learned).hasSize(ATTEMPTS).allSatisfy(RebindingIT::isNothing);
      // The attempts arrived, and each was refused; what a browser asks by itself is refused as
      // well.
      assertThat(answered)
          .isNotEmpty()
          .allMatch(line -> line.matches("kubewicket_http_requests_total\\{status=\"4..\"} \\d+"));
      assertThat(calls).isEmpty();
      assertThat(server.measure("kubewicket_sessions")).isZero();
      assertThat(server.measure("kubewicket_streams")).isZero();
    }
  }

  /// The page was kept from the answer, or it is a refusal without anything in it.
  private static void isNothing(JsonNode attempt) {
    assertThat(attempt.path("opened").asBoolean(false)).as("%s", attempt).isFalse();
    if (!attempt.has("blocked") && !attempt.path("type").asString("").equals("opaque")) {
      assertThat(attempt.path("text").asString(""))
          .as("%s", attempt)
          .matches("(?s).*(does not go by that name|by address, and not by pages).*")
          .doesNotContain("jvm_", "ready", "tools");
    }
  }
}
