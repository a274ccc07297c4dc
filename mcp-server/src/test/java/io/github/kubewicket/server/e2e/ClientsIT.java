package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.RealNode;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Clients that we did not write: the TypeScript SDK's and the Inspector's, on every transport.
@RealCluster
@RealNode
class ClientsIT {
  /// How a client reaches the server.
  enum Way {
    STDIO,
    HTTP,
    SSE
  }

  private static final String SCALE = "scale_workload";

  @TempDir private static Path folder;
  private static TestNamespace namespace;
  private static Installation installation;
  private static Person person;
  private static HttpProcess server;

  @BeforeAll
  static void deploy() {
    namespace = TestNamespace.create(KubeApi.connect(), "clients");
    for (Way way : Way.values()) {
      namespace.deployment("sdk-" + name(way), 0);
      namespace.deployment("inspector-" + name(way), 0);
    }
    installation = new Installation(folder, TestCluster.kubeconfig());
    person = new Person(installation);
    String key = person.makeKey("on-call");
    installation.policy(Policies.approve(namespace.name(), key));
    server = HttpProcess.start(installation);
  }

  @AfterAll
  static void remove() {
    server.close();
    namespace.close();
  }

  @ParameterizedTest
  @EnumSource
  void theTypeScriptSdkReadsAndIsOffered(Way way) {
    try (TypeScriptClient client = sdk(way)) {
      JsonNode tools = client.does("tools");
      Reply listed = client.call("list_resources", deployments());
      JsonNode resources = client.does("resources");
      JsonNode templates = client.does("templates");
      JsonNode changes = client.does("read", Map.of("uri", "kubewicket://changes"));
      JsonNode prompts = client.does("prompts");
      JsonNode prompt =
          client.does("prompt", Map.of("name", "diagnose_rollout", "arguments", rollout()));
      JsonNode completed = client.does("complete", completion());

      assertThat(all(tools.path("tools"), "name")).contains("list_resources", "get_logs", SCALE);
      assertThat(listed.failed()).as(listed.text()).isFalse();
      assertThat(listed.structured().path("total").asInt(0)).isEqualTo(6);
      assertThat(all(resources.path("resources"), "uri")).containsExactly("kubewicket://changes");
      assertThat(all(templates.path("resourceTemplates"), "uriTemplate"))
          .contains("kubewicket://reports/{namespace}");
      assertThat(changes.path("contents").path(0).path("uri").asString(""))
          .isEqualTo("kubewicket://changes");
      assertThat(all(prompts.path("prompts"), "name")).contains("diagnose_rollout");
      assertThat(prompt.toString()).contains("deployment/sdk-http", namespace.name());
      assertThat(completed.path("completion").path("values").toString())
          .contains("deployment/sdk-stdio", "deployment/sdk-http", "deployment/sdk-sse");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTypeScriptSdkWaitsForAPersonAndSeesItsChangeVerified(Way way) {
    String workload = "sdk-" + name(way);
    Map<String, Object> call = Calls.scale(namespace, "deployment/" + workload, 1);
    try (TypeScriptClient client = sdk(way)) {
      JsonNode unused = client.does("tools");

      Reply asked = client.call(SCALE, call);
      Person.Screen screen = person.approve(asked.field("requestId"));
      JsonNode answer =
          client.callWithProgress(SCALE, Calls.with(call, "approval", asked.field("requestId")));
      Reply done = new Reply(answer.toString(), answer);

      assertThat(asked.code()).as(asked.line()).isEqualTo("APPROVAL_REQUIRED");
      assertThat(screen.status()).as(screen.text()).isZero();
      assertThat(done.result()).as(done.line()).isEqualTo("verified");
      assertThat(done.field("approver")).isEqualTo("on-call");
      assertThat(all(answer.path("progress"), "message")).isNotEmpty();
      assertThat(namespace.replicas(workload)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theInspectorReadsAndIsOffered(Way way) {
    Inspector inspector = inspector(way);

    JsonNode tools = inspector.ask("tools/list");
    Reply listed = inspector.call("list_resources", deployments());
    JsonNode resources = inspector.ask("resources/list");
    JsonNode changes = inspector.ask("resources/read", "--uri", "kubewicket://changes");
    JsonNode prompts = inspector.ask("prompts/list");
    JsonNode prompt = inspector.ask("prompts/get", promptOptions());

    assertThat(all(tools.path("result").path("tools"), "name"))
        .contains("list_resources", "get_logs", SCALE);
    assertThat(listed.structured().path("total").asInt(0)).as(listed.line()).isEqualTo(6);
    assertThat(all(resources.path("result").path("resources"), "uri"))
        .containsExactly("kubewicket://changes");
    assertThat(changes.toString()).contains("application/json");
    assertThat(all(prompts.path("result").path("prompts"), "name")).contains("diagnose_rollout");
    assertThat(prompt.toString()).contains("deployment/sdk-http", namespace.name());
  }

  @ParameterizedTest
  @EnumSource
  void theInspectorWaitsForAPersonAndSeesItsChangeVerified(Way way) {
    String workload = "inspector-" + name(way);
    Map<String, Object> call = Calls.scale(namespace, "deployment/" + workload, 1);
    Inspector inspector = inspector(way);

    Reply asked = inspector.call(SCALE, call);
    Person.Screen screen = person.approve(asked.field("requestId"));
    Reply done = inspector.call(SCALE, Calls.with(call, "approval", asked.field("requestId")));

    assertThat(asked.code()).as(asked.line()).isEqualTo("APPROVAL_REQUIRED");
    assertThat(screen.status()).as(screen.text()).isZero();
    assertThat(done.result()).as(done.line()).isEqualTo("verified");
    assertThat(namespace.replicas(workload)).isEqualTo(1);
  }

  @Test
  void theInspectorSpeaksTheNewerEraToo() {
    List<String> target = new ArrayList<>(target(Way.HTTP));
    target.addAll(List.of("--protocol-era", "modern"));
    Inspector inspector = new Inspector(target, installation.environment(), folder);

    JsonNode tools = inspector.ask("tools/list");
    Reply listed = inspector.call("list_resources", deployments());

    assertThat(all(tools.path("result").path("tools"), "name")).contains("list_resources", SCALE);
    assertThat(listed.structured().path("total").asInt(0)).as(listed.line()).isEqualTo(6);
  }

  private static List<String> all(JsonNode list, String field) {
    return list.valueStream().map(one -> one.path(field).asString("")).toList();
  }

  private static Map<String, Object> deployments() {
    return Map.of("kind", "deployments", "namespace", namespace.name());
  }

  private static Map<String, String> rollout() {
    return Map.of("namespace", namespace.name(), "workload", "deployment/sdk-http");
  }

  private static String[] promptOptions() {
    return new String[] {
      "--prompt-name",
      "diagnose_rollout",
      "--prompt-args",
      "namespace=" + namespace.name(),
      "workload=deployment/sdk-http"
    };
  }

  private static Map<String, Object> completion() {
    return Map.of(
        "ref", Map.of("type", "ref/prompt", "name", "diagnose_rollout"),
        "argument", Map.of("name", "workload", "value", "deployment/sdk"),
        "context", Map.of("arguments", Map.of("namespace", namespace.name())));
  }

  private static TypeScriptClient sdk(Way way) {
    Map<String, Object> reached = new HashMap<>();
    switch (way) {
      case STDIO -> reached.put("stdio", installation.command("serve", "--stdio"));
      case HTTP -> reached.put("http", server.url("/mcp"));
      case SSE -> reached.put("sse", server.url("/sse"));
    }
    return new TypeScriptClient(reached, installation.environment());
  }

  private static Inspector inspector(Way way) {
    return new Inspector(target(way), installation.environment(), folder);
  }

  private static List<String> target(Way way) {
    return switch (way) {
      case STDIO -> {
        // The Inspector keeps its own environment from the servers that it starts.
        List<String> command = new ArrayList<>();
        installation
            .environment()
            .forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
        command.add("--");
        command.addAll(installation.command("serve", "--stdio"));
        yield command;
      }
      case HTTP -> List.of("--transport", "http", "--server-url", server.url("/mcp"));
      case SSE -> List.of("--transport", "sse", "--server-url", server.url("/sse"));
    };
  }

  private static String name(Way way) {
    return way.name().toLowerCase(Locale.ROOT);
  }
}
