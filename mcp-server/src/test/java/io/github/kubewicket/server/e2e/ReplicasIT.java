package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.PostgresSchema;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.RealPostgres;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Two servers on one PostgreSQL, called over HTTP as agents do. What counts is what the cluster
/// shows in the end.
@RealCluster
@RealPostgres
class ReplicasIT {
  private static final int CLIENTS = 32;
  private static final int WORKLOADS = 8;

  private static TestNamespace namespace;

  @TempDir Path folder;
  private PostgresSchema database;
  private Installation installation;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void deploy() {
    namespace = TestNamespace.create(KubeApi.connect(), "replicas");
    workloads().forEach(name -> namespace.deployment(name, 0));
    workloads().forEach(name -> namespace.awaitAvailable(name));
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @BeforeEach
  void install() throws IOException {
    database = new PostgresSchema();
    installation =
        new Installation(folder, TestCluster.kubeconfig())
            .on(database.url())
            .policy(
                Policies.auto(
                    namespace.name(),
                    "60s",
                    "pod: 9/1h, workload: 1/1h, namespace: 3/1h, cluster: 9/1h, caller: 99/1h"));
  }

  @AfterEach
  void close() {
    client.close();
    database.close();
  }

  @Test
  void neverActAFourthTimeWhateverDiesMeanwhile() throws Exception {
    List<String> answers = new ArrayList<>();
    List<Long> before = generations();
    try (HttpProcess doomed = HttpProcess.start(installation);
        HttpProcess survivor = HttpProcess.start(installation);
        ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger begun = new AtomicInteger();
      List<CompletableFuture<Optional<JsonNode>>> calls =
          IntStream.range(0, CLIENTS)
              .mapToObj(agent ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        begun.incrementAndGet();
                        return restart(agent % 2 == 0 ? doomed : survivor, agent % WORKLOADS);
                      },
                      agents))
              .toList();
      Wait.until("the agents call", () -> begun.get() == CLIENTS);
      Thread.sleep(700);
      doomed.kill();
      PostgresSchema.crash();
      for (CompletableFuture<Optional<JsonNode>> call : calls) {
        call.join().ifPresent(answer -> answers.add(answer.toString()));
      }

      // Later agents find the budget as it is, and what the dead replica left is settled.
      for (int i = 0; i < WORKLOADS; i++) {
        restart(survivor, i).ifPresent(answer -> answers.add(answer.toString()));
      }
      Wait.until(
          "what was left open is settled",
          Duration.ofSeconds(150),
          () -> {
            restart(survivor, 0);
            return entries("intent").size() == entries("outcome").size();
          });
    }

    List<JsonNode> intents = entries("intent");
    List<Long> after = generations();
    List<Long> acts =
        IntStream.range(0, WORKLOADS).mapToObj(i -> after.get(i) - before.get(i)).toList();
    assertThat(acts).as("no workload twice").allMatch(it -> it <= 1);
    assertThat(acts.stream().mapToLong(Long::longValue).sum()).isBetween(1L, 3L);
    assertThat(entries("outcome"))
        .filteredOn(it -> it.path("body").path("charged").asBoolean(true))
        .hasSizeLessThanOrEqualTo(3);
    assertThat(entries("outcome"))
        .extracting(it -> it.path("body").path("changeId").asString())
        .containsExactlyInAnyOrderElementsOf(
            intents.stream().map(it -> it.path("body").path("changeId").asString()).toList());
    assertThat(answers).isNotEmpty();
    assertThat(new LedgerReader(installation).verify().status()).isZero();
  }

  @Test
  void readOnAndRefuseChangesWhileTheDatabaseIsAway() throws Exception {
    try (HttpProcess server = HttpProcess.start(installation)) {
      JsonNode before = call(server, "list_resources", list()).orElseThrow();
      PostgresSchema.script("stop");
      JsonNode read;
      JsonNode write;
      try {
        read = call(server, "list_resources", list()).orElseThrow();
        write = restart(server, 0).orElseThrow();
      } finally {
        PostgresSchema.script("start");
      }
      Wait.until(
          "changes are decided again",
          () -> !code(restart(server, 0).orElseThrow()).equals("AUDIT_UNAVAILABLE"));

      assertThat(before.path("isError").asBoolean(true)).isFalse();
      assertThat(read.path("isError").asBoolean(true)).isFalse();
      assertThat(code(write)).isEqualTo("AUDIT_UNAVAILABLE");
    }
  }

  @Test
  void sendAClientOfAnotherReplicasSessionBackToTheStart() throws Exception {
    try (HttpProcess one = HttpProcess.start(installation);
        HttpProcess two = HttpProcess.start(installation)) {
      HttpResponse<String> begun =
          post(
              one,
              "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}",
              Optional.empty());
      Optional<String> session = begun.headers().firstValue("Mcp-Session-Id");
      String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

      int own = post(one, list, session).statusCode();
      int other = post(two, list, session).statusCode();

      assertThat(own).isEqualTo(200);
      assertThat(other).isEqualTo(404);
    }
  }

  private HttpResponse<String> post(HttpProcess server, String body, Optional<String> session)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url("/mcp")))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    session.ifPresent(id -> request.header("Mcp-Session-Id", id));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private Optional<JsonNode> restart(HttpProcess server, int workload) {
    ObjectNode arguments =
        KubeApi.JSON.valueToTree(Calls.restart(namespace, "deployment/web-" + workload));
    return call(server, "restart_workload", arguments);
  }

  private static ObjectNode list() {
    return KubeApi.JSON
        .createObjectNode()
        .put("kind", "deployments")
        .put("namespace", namespace.name());
  }

  /// The result of a call of 2026-07-28; empty where the server died meanwhile.
  private Optional<JsonNode> call(HttpProcess server, String tool, ObjectNode arguments) {
    ObjectNode message =
        KubeApi.JSON
            .createObjectNode()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", "tools/call");
    ObjectNode params = message.putObject("params").put("name", tool);
    params.set("arguments", arguments);
    params
        .putObject("_meta")
        .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
        .putObject("io.modelcontextprotocol/clientCapabilities");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url("/mcp")))
            .timeout(Duration.ofSeconds(120))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", tool)
            .POST(HttpRequest.BodyPublishers.ofString(message.toString()))
            .build();
    try {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.lines()
          .filter(line -> line.startsWith("{") || line.startsWith("data: {"))
          .map(line -> KubeApi.JSON.readTree(line.substring(line.indexOf('{'))))
          .filter(frame -> frame.has("result"))
          .map(frame -> frame.path("result"))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String code(JsonNode result) {
    return result.path("structuredContent").path("code").asString("");
  }

  private List<JsonNode> entries(String type) {
    return new LedgerReader(installation).entries(type);
  }

  private static List<Long> generations() {
    return workloads().stream().map(namespace::generation).toList();
  }

  private static List<String> workloads() {
    return IntStream.range(0, WORKLOADS).mapToObj(i -> "web-" + i).toList();
  }
}
