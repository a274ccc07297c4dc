package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks on "read-only unless a rule says otherwise".
@RealCluster
class ReadOnlyIT {
  private static final List<String> READS =
      List.of(
          "list_resources",
          "get_resource",
          "get_logs",
          "list_events",
          "describe_kind",
          "get_context",
          "explain_policy");
  private static final List<String> WRITES =
      List.of("restart_workload", "scale_workload", "evict_pod");

  private static TestNamespace namespace;
  private static List<String> pods;

  @TempDir private Path folder;

  @BeforeAll
  static void deploy() {
    namespace = TestNamespace.create(KubeApi.connect(), "readonly");
    namespace.deployment("web", 1);
    namespace.awaitAvailable("web");
    pods = namespace.podNames("web");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void listsNoWriteToolWithoutAPolicyAndRefusesToRunOne() {
    try (ServerProcess server = installation().serve()) {
      List<String> tools = server.tools();
      List<Reply> replies = attemptEveryWrite(server);

      assertThat(tools).containsExactlyInAnyOrderElementsOf(READS);
      assertThat(replies).allMatch(Reply::failed);
      assertThat(replies).extracting(Reply::code).containsOnly("TOOL_NOT_ENABLED");
      assertUntouched();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "empty          | ''                                             | :1:",
        "not YAML       | 'apiVersion: kubewicket.dev/v1\nrules: [}'     | :2:",
        "an unknown key | 'apiVersion: kubewicket.dev/v1\n\nrulez: []'   | :3:",
        "a wrong type   | 'apiVersion: kubewicket.dev/v1\nrules: 7'      | :2:",
        "an unknown tier| 'apiVersion: kubewicket.dev/v1\nrules:\n  - {name: a, tools: [restart_workload], namespaces: [\"*\"], tier: yes}' | :3:",
        "a duplicate key| 'apiVersion: kubewicket.dev/v1\nrules: []\nrules: []' | :3:",
      })
  void readsOnlyAndSaysWhereTheFaultIs(String fault, String yaml, String line) {
    Installation installation = installation().policy(yaml.replace("\\n", "\n"));

    assertReadsOnly(installation, installation.policyFile() + line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "directory"})
  void readsOnlyWhereTheFileIsNone(String kind) throws IOException {
    Installation installation = installation();
    if (kind.equals("directory")) {
      Files.createDirectory(installation.policyFile());
    }

    assertReadsOnly(
        installation,
        installation.policyFile() + ":1:",
        Map.of("KUBEWICKET_CONFIG", installation.policyFile().toString()));
  }

  @Test
  void aRuleThatSaysNeverEnablesNothing() {
    Installation installation = installation().policy(rule("never"));

    try (ServerProcess server = installation.serve()) {
      List<String> tools = server.tools();
      List<Reply> replies = attemptEveryWrite(server);

      assertThat(tools).doesNotContainAnyElementsOf(WRITES);
      assertThat(replies).extracting(Reply::code).containsOnly("TOOL_NOT_ENABLED");
      assertUntouched();
    }
  }

  @Test
  void closesAtOnceWhenThePolicyBreaksWhileTheServerRuns() {
    Installation installation = installation().policy(rule("auto"));

    try (ServerProcess server = installation.serve()) {
      List<String> before = server.tools();
      installation.policy("rules: [}");
      List<Reply> replies = attemptEveryWrite(server);

      assertThat(before).containsAll(WRITES);
      assertThat(server.tools()).doesNotContainAnyElementsOf(WRITES);
      assertThat(replies).extracting(Reply::code).containsOnly("POLICY_INVALID");
      assertUntouched();
    }
  }

  private void assertReadsOnly(Installation installation, String place) {
    assertReadsOnly(installation, place, Map.of());
  }

  private void assertReadsOnly(
      Installation installation, String place, Map<String, String> environment) {
    try (ServerProcess server = installation.serve(environment)) {
      List<String> tools = server.tools();
      Reply read =
          server.call("list_resources", Map.of("kind", "pods", "namespace", namespace.name()));
      List<Reply> replies = attemptEveryWrite(server);

      assertThat(tools).containsExactlyInAnyOrderElementsOf(READS);
      assertThat(read.failed()).as(read.line()).isFalse();
      assertThat(replies).extracting(Reply::code).containsOnly("POLICY_INVALID");
      assertThat(replies).allSatisfy(reply -> assertThat(reply.text()).contains(place));
      assertThat(server.stderr()).contains(place);
      assertUntouched();
    }
  }

  private static List<Reply> attemptEveryWrite(ServerProcess server) {
    return List.of(
        server.call("restart_workload", change("workload", "deployment/web")),
        server.call(
            "scale_workload",
            Map.of(
                "namespace",
                namespace.name(),
                "workload",
                "deployment/web",
                "replicas",
                5,
                "reason",
                "because")),
        server.call("evict_pod", change("pod", pods.getFirst())));
  }

  private static Map<String, String> change(String field, String target) {
    return Map.of("namespace", namespace.name(), field, target, "reason", "because");
  }

  private static String rule(String tier) {
    return """
    apiVersion: kubewicket.dev/v1
    rules:
      - {name: all, tools: [restart_workload, scale_workload, evict_pod], namespaces: [%s], tier: %s}
    """
        .formatted(namespace.name(), tier);
  }

  private static void assertUntouched() {
    assertThat(namespace.generation("web")).isEqualTo(1);
    assertThat(namespace.podNames("web")).isEqualTo(pods);
  }

  private Installation installation() {
    return new Installation(folder, TestCluster.kubeconfig());
  }
}
