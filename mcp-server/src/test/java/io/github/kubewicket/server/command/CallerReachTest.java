package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// No tool gets round what `callers` leave, with everything wired as the server wires it, over the
/// demo's API.
class CallerReachTest {
  private static final String POLICY =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: restart, tools: [restart_workload], namespaces: ["*"], tier: approve}
      callers:
        - {match: ["token:all"]}
        - {match: ["token:shop"], namespaces: [shop]}
        - {match: ["token:bank"], namespaces: [bank, "shop-*"]}
        - {match: ["token:lists"], tools: ["list_*"], maxTier: never}
        - {match: ["token:looks"], maxTier: never}
      """;

  private static DemoCluster demo;

  @TempDir Path directory;
  private Path file;
  private Wiring wiring;
  private CallPath calls;

  @BeforeAll
  static void start() {
    demo = DemoCluster.start(InstantSource.system(), new Random(7));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @BeforeEach
  void wire() throws IOException {
    file = Files.writeString(directory.resolve("tools.yaml"), POLICY);
    wiring =
        new Wiring(
            new Places(Optional.of(file), directory.resolve("state"), directory.resolve("keys")),
            CheckpointSink.none());
    calls =
        wiring.calls(
            Clusters.only(
                Connection.direct(demo.uri(), demo.token(), "test", InstantSource.system())));
  }

  @AfterEach
  void close() {
    wiring.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list_resources | {'kind':'pods','namespace':'shop'}
          list_resources | {'kind':'pods'}
          list_resources | {'kind':'deployments'}
          list_resources | {'kind':'nodes'}
          get_resource   | {'kind':'deployment','name':'checkout','namespace':'shop'}
          get_resource   | {'kind':'namespace','name':'shop'}
          get_logs       | {'target':'deployment/checkout','namespace':'shop'}
          list_events    | {'namespace':'shop'}
          list_events    | {}
          list_events    | {'namespace':'shop','kind':'deployment','name':'checkout'}
          get_context    | {'namespace':'shop','workload':'deployment/checkout'}
          explain_policy | {'tool':'restart_workload','namespace':'shop','workload':'deployment/checkout'}
          explain_policy | {'tool':'restart_workload','namespace':'shop','workload':'deployment/no-such'}
          restart_workload | {'namespace':'shop','workload':'deployment/checkout','reason':'a test'}
          """)
  void refusesWhatLiesOutOfTheCallersNamespaces(String tool, String arguments) {
    Reply refused = call("token:bank", tool, arguments);

    assertThat(code(refused)).isEqualTo("CALLER_NOT_ALLOWED");
    assertThat(refused.text()).contains("bank, shop-*");

    assertThat(code(call("token:all", tool, arguments))).isNotEqualTo("CALLER_NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list_resources | {'kind':'pods','namespace':'shop'}
          get_resource   | {'kind':'deployment','name':'checkout','namespace':'shop'}
          get_resource   | {'kind':'namespace','name':'shop'}
          get_logs       | {'target':'deployment/checkout','namespace':'shop'}
          list_events    | {'namespace':'shop'}
          describe_kind  | {'kind':'nodes'}
          describe_kind  | {}
          get_context    | {'namespace':'shop','workload':'deployment/checkout'}
          explain_policy | {'tool':'restart_workload','namespace':'shop','workload':'deployment/checkout'}
          """)
  void answersWithinTheCallersNamespaces(String tool, String arguments) {
    Reply reply = call("token:shop", tool, arguments);

    assertThat(code(reply)).isNotEqualTo("CALLER_NOT_ALLOWED");
    assertThat(reply.error()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          list_resources | {'kind':'pods'}
          list_resources | {'kind':'nodes'}
          list_events    | {}
          get_resource   | {'kind':'namespace','name':'kube-system'}
          """)
  void refusesWhatLiesInNoNamespaceAndInAllOfThem(String tool, String arguments) {
    assertThat(code(call("token:shop", tool, arguments))).isEqualTo("CALLER_NOT_ALLOWED");
    assertThat(code(call("token:all", tool, arguments))).isNotEqualTo("CALLER_NOT_ALLOWED");
  }

  @Test
  void listsOnlyTheCallersNamespaces() {
    Reply all = call("token:all", "list_resources", "{'kind':'namespaces'}");
    Reply some = call("token:shop", "list_resources", "{'kind':'namespaces'}");

    assertThat(all.structured().toString()).contains("\"kube-system\"").contains("\"shop\"");
    assertThat(some.text() + some.structured()).doesNotContain("kube-system").contains("\"shop\"");
  }

  @Test
  void anAddressThatLeavesTheNamespaceIsNoNamespace() {
    Reply reply =
        call("token:bank", "list_resources", "{'kind':'pods','namespace':'shop-/../shop'}");

    assertThat(reply.error() || code(reply).equals("BAD_ARGS")).isTrue();
    assertThat(reply.text()).doesNotContain("checkout");
  }

  @Test
  void aCursorOfAnotherCallerOpensNothing() {
    Reply first = call("token:all", "list_resources", "{'kind':'pods','limit':1}");
    String cursor = first.structured().path("cursor").asString("");

    Reply next =
        call("token:shop", "list_resources", "{'kind':'pods','limit':1,'cursor':'" + cursor + "'}");

    assertThat(cursor).isNotEmpty();
    assertThat(code(next)).isEqualTo("CALLER_NOT_ALLOWED");
  }

  @Test
  void neitherListsNorRunsAToolThatTheCallerIsLeftWithout() {
    assertThat(names("token:lists")).containsExactlyInAnyOrder("list_resources", "list_events");
    assertThat(code(call("token:lists", "get_resource", "{'kind':'namespace','name':'shop'}")))
        .isEqualTo("CALLER_NOT_ALLOWED");
    assertThat(code(call("token:lists", "list_resources", "{'kind':'namespaces'}"))).isEmpty();
  }

  @Test
  void listsWriteToolsOnlyForCallersThatMayChangeSomething() {
    Caller reader = new Caller("token:all", Set.of(), Set.of(Caller.READ));

    assertThat(names("token:all")).contains("restart_workload", "get_logs");
    assertThat(names("token:looks")).doesNotContain("restart_workload").contains("get_logs");
    assertThat(calls.listed(reader))
        .extracting(Tool::name)
        .doesNotContain("restart_workload")
        .contains("get_logs");
  }

  @Test
  void aCredentialForReadingChangesNothingAndOneForNothingSeesNothing() {
    String restart = "{'namespace':'shop','workload':'deployment/checkout','reason':'a test'}";
    Caller reader = new Caller("token:all", Set.of(), Set.of(Caller.READ));
    Caller nobody = new Caller("token:all", Set.of(), Set.of());

    assertThat(code(call(reader, "restart_workload", restart))).isEqualTo("SCOPE_MISSING");
    assertThat(code(call(nobody, "list_resources", "{'kind':'namespaces'}")))
        .isEqualTo("SCOPE_MISSING");
    assertThat(calls.listed(nobody)).isEmpty();
  }

  @Test
  void aCallerOfWhomNothingSpeaksSeesNothing() {
    assertThat(names("oidc:corp:eve")).isEmpty();
    assertThat(code(call("oidc:corp:eve", "describe_kind", "{'kind':'pods'}")))
        .isEqualTo("CALLER_NOT_ALLOWED");
  }

  @Test
  void aFileThatBreaksLeavesCallersWhatTheyHad() throws IOException {
    assertThat(names("token:lists")).isNotEmpty();
    Files.writeString(file, "callers: [");

    assertThat(names("token:lists")).containsExactlyInAnyOrder("list_resources", "list_events");
    assertThat(names("token:stranger")).isEmpty();
  }

  @Test
  void aFileThatWasNeverRightLeavesCallersOverTheNetworkNothing() throws IOException {
    Files.writeString(file, "callers: [");

    assertThat(names("token:all")).isEmpty();
    assertThat(code(call("token:all", "describe_kind", "{'kind':'pods'}")))
        .isEqualTo("POLICY_INVALID");
    assertThat(names("stdio:ada")).isNotEmpty();
  }

  private List<String> names(String caller) {
    return calls.listed(new Caller(caller)).stream().map(Tool::name).toList();
  }

  private Reply call(String caller, String tool, String arguments) {
    return call(new Caller(caller), tool, arguments);
  }

  private Reply call(Caller caller, String tool, String arguments) {
    return calls.run(
        new Request(
            caller,
            "test",
            tool,
            JsonMapper.builder().build().readTree(arguments.replace('\'', '"')),
            (_, _, _) -> {}));
  }

  private static String code(Reply reply) {
    return reply.structured().path("code").asString("");
  }
}
