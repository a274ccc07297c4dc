package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.RealNode;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A client that gives up over HTTP: its call ends at once, and the change that it began is brought
/// to its end and recorded without it.
@RealCluster
@RealNode
class CancelledClientIT {
  private static final String SCALE = "scale_workload";

  @TempDir private static Path folder;
  private static TestNamespace namespace;
  private static Installation installation;

  @BeforeAll
  static void deploy() {
    namespace = TestNamespace.create(KubeApi.connect(), "gives-up");
    namespace.deployment("over-http", 0, Manifests.shell("exit 1"));
    namespace.deployment("over-sse", 0, Manifests.shell("exit 1"));
    installation = new Installation(folder, TestCluster.kubeconfig());
    installation.policy(Policies.auto(namespace.name(), "25s"));
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @ParameterizedTest
  @CsvSource({"http, /mcp", "sse, /sse"})
  void endsItsCallAndNotTheChange(String way, String path) {
    Map<String, Object> call = Calls.scale(namespace, "deployment/over-" + way, 1);
    String cancelled = "kubewicket_tool_calls_total{tool=\"" + SCALE + "\",outcome=\"CANCELLED\"}";
    try (HttpProcess server = HttpProcess.start(installation);
        TypeScriptClient client =
            new TypeScriptClient(Map.of(way, server.url(path)), installation.environment())) {

      JsonNode given = client.callAndCancel(SCALE, call);
      Wait.until("the call is counted as cancelled", () -> server.measure(cancelled) == 1);
      long inFlight = server.measure("kubewicket_requests_in_flight");
      Wait.until(
          "the change is recorded",
          () -> changes(client).anyMatch(change -> isReverted(change, "over-" + way)));

      assertThat(given.path("thrown").asString("")).contains("thought better");
      assertThat(inFlight).isZero();
      assertThat(namespace.replicas("over-" + way)).isZero();
    }
  }

  private static Stream<JsonNode> changes(TypeScriptClient client) {
    JsonNode read = client.does("read", Map.of("uri", "kubewicket://changes"));
    String text = read.path("contents").path(0).path("text").asString("{}");
    return KubeApi.JSON.readTree(text).path("changes").valueStream();
  }

  private static boolean isReverted(JsonNode change, String workload) {
    String text = change.toString();
    return text.contains(workload) && text.contains("reverted");
  }
}
