package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.cluster.ClusterLocation;
import io.github.kubewicket.server.cluster.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two in-memory clusters behind one call path, wired as a server wires them.
class ServedClustersTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller AGENT = new Caller("stdio:agent");
  private static final String RULES =
      """
      answers: {maxBytes: 1024}
      rules:
        - {name: web, tools: [scale_workload], namespaces: [shop], tier: approve}
        - {name: prod-only, tools: [restart_workload], namespaces: [shop], tier: approve%s}
      """;

  @TempDir Path folder;
  private final List<DemoCluster> demos = new ArrayList<>();
  private Wiring wiring;
  private Path config;
  private CallPath calls;

  @BeforeEach
  void open() throws IOException {
    String entries = "";
    for (String name : List.of("prod", "here")) {
      DemoCluster demo =
          DemoCluster.holding(InstantSource.system(), new Random(name.hashCode()), objects(name));
      demos.add(demo);
      Path file = folder.resolve(name);
      Files.writeString(file, kubeconfig(demo));
      entries += "  - {name: " + name + ", kubeconfig: " + file + "}\n";
    }
    config = folder.resolve("tools.yaml");
    write("clusters:\n" + entries + RULES.formatted(", clusters: [prod]"));
    wiring =
        new Wiring(
            new Places(Optional.of(config), folder.resolve("state"), folder.resolve("keys")),
            CheckpointSink.none());
    calls = wiring.calls(clusters());
  }

  @AfterEach
  void close() {
    wiring.close();
    demos.forEach(DemoCluster::close);
  }

  @Test
  void everyToolTakesTheNamesOfTheClustersAndRequiresOne() {
    List<Tool> listed = calls.listed(AGENT);

    assertThat(listed)
        .hasSizeGreaterThan(8)
        .allSatisfy(tool -> {
          ObjectNode schema = tool.input().schema();
          assertThat(schema.at("/properties/cluster/enum").toString())
              .isEqualTo("[\"prod\",\"here\"]");
          assertThat(schema.path("required").toString()).contains("\"cluster\"");
          assertThat(tool.outputSchema().at("/properties/cluster/type").asString(""))
              .isEqualTo("string");
        });
  }

  @Test
  void aCallHasToNameOne() {
    Reply silent = call("get_resource", deployment());
    Reply unknown = call("get_resource", deployment().put("cluster", "test"));
    Reply odd = call("get_resource", deployment().putObject("cluster").put("name", "prod"));

    assertThat(silent.text()).startsWith("BAD_ARGS: The argument \"cluster\" is required.");
    assertThat(unknown.text()).startsWith("BAD_ARGS").contains("one of prod, here");
    assertThat(odd.text()).startsWith("BAD_ARGS");
  }

  @Test
  void answersFromTheClusterThatWasNamedAndSaysWhich() {
    Reply prod = call("get_resource", deployment().put("cluster", "prod"));
    Reply here = call("get_resource", deployment().put("cluster", "here"));

    assertThat(prod.structured().path("cluster").asString("")).isEqualTo("prod");
    assertThat(prod.text()).startsWith("On cluster prod: ");
    assertThat(prod.structured().toString()).contains("of-prod").doesNotContain("of-here");
    assertThat(here.structured().toString()).contains("of-here").doesNotContain("of-prod");
  }

  @Test
  void aRefusalSaysWhichClusterToo() {
    Reply refused =
        call("get_resource", deployment().put("cluster", "here").put("name", "nothing"));

    assertThat(refused.error()).isTrue();
    assertThat(refused.text()).startsWith("NOT_FOUND");
    assertThat(refused.structured().path("cluster").asString("")).isEqualTo("here");
  }

  @Test
  void aCursorIsGoodForItsOwnClusterAlone() {
    ObjectNode pods = JsonNodeFactory.instance.objectNode().put("kind", "configmaps");
    Reply first = call("list_resources", pods.deepCopy().put("cluster", "prod"));
    String cursor = first.structured().path("cursor").asString("");

    Reply second =
        call("list_resources", pods.deepCopy().put("cluster", "prod").put("cursor", cursor));
    Reply elsewhere =
        call("list_resources", pods.deepCopy().put("cluster", "here").put("cursor", cursor));

    assertThat(cursor).startsWith("prod.");
    assertThat(second.error()).as(second.text()).isFalse();
    assertThat(elsewhere.text()).startsWith("BAD_ARGS: The cursor does not belong to this call.");
  }

  @Test
  void answersStayInsideTheirBudget() {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("kind", "configmaps");

    Reply reply = call("list_resources", all.put("cluster", "prod"));

    assertThat(reply.text().length() + reply.structured().toString().length())
        .isLessThanOrEqualTo(1_024);
  }

  @Test
  void aRequestNamesItsClusterForPeopleAndBindsIt() {
    Reply waiting = call("scale_workload", scale("prod"));

    Entry requested = entry(EntryType.REQUESTED);
    assertThat(waiting.text()).startsWith("APPROVAL_REQUIRED").contains("on cluster prod");
    assertThat(requested.text("target"))
        .isEqualTo("Deployment/web in namespace shop on cluster prod");
    assertThat(requested.text("clusterName")).isEqualTo("prod");
    assertThat(requested.body().at("/arguments/cluster").asString("")).isEqualTo("prod");
    assertThat(requested.body().at("/binding/cluster/name").asString("")).isEqualTo("prod");
  }

  @Test
  void aRequestForOneClusterIsNoneForAnother() {
    Reply prod = call("scale_workload", scale("prod"));
    String id = prod.structured().path("requestId").asString("");

    Reply elsewhere = call("scale_workload", scale("here").put("approval", id));
    Reply own = call("scale_workload", scale("here"));

    assertThat(elsewhere.structured().path("decision").asString("")).isEqualTo("deny");
    assertThat(own.structured().path("requestId").asString("")).isNotEmpty().isNotEqualTo(id);
  }

  @Test
  void aRuleForOneClusterLetsNothingHappenInAnother() {
    ObjectNode arguments = scale("here");
    arguments.remove("replicas");

    Reply here = call("restart_workload", arguments);
    Reply prod = call("restart_workload", arguments.deepCopy().put("cluster", "prod"));

    assertThat(here.text()).startsWith("NO_RULE").contains("on cluster here");
    assertThat(entry(EntryType.DENIED).text("clusterName")).isEqualTo("here");
    assertThat(prod.text()).startsWith("APPROVAL_REQUIRED");
  }

  @Test
  void explainsAndTellsTheContextOfTheClusterThatWasNamed() {
    ObjectNode target =
        JsonNodeFactory.instance
            .objectNode()
            .put("cluster", "here")
            .put("namespace", "shop")
            .put("workload", "deployment/web");

    Reply context = call("get_context", target);
    Reply explained = call("explain_policy", target.deepCopy().put("tool", "restart_workload"));

    assertThat(context.structured().path("target").asString("")).endsWith("on cluster here");
    assertThat(explained.structured().path("code").asString("")).isEqualTo("NO_RULE");
    assertThat(explained.structured().path("cluster").asString("")).isEqualTo("here");
  }

  @Test
  void oneClusterTakesNoSuchArgument() throws IOException {
    write(RULES.formatted(""));

    assertThat(calls.listed(AGENT))
        .hasSizeGreaterThan(8)
        .allMatch(tool -> !tool.input().schema().path("properties").has("cluster"));
    Reply named = call("get_resource", deployment().put("cluster", "here"));
    Reply silent = call("get_resource", deployment());
    assertThat(named.text()).startsWith("BAD_ARGS: Unknown argument \"cluster\"");
    assertThat(silent.error()).as(silent.text()).isFalse();
    assertThat(silent.structured().has("cluster")).isFalse();
  }

  @Test
  void aFileThatBreaksLeavesTheClustersAsTheyWere() throws IOException {
    assertThat(calls.listed(AGENT)).isNotEmpty();
    write("clusters: 7\n");

    Reply prod = call("get_resource", deployment().put("cluster", "prod"));

    assertThat(prod.structured().toString()).contains("of-prod");
  }

  @Test
  void aCallerSeesAndUsesOnlyTheClustersThatItMay() {
    calls = wiring.calls(clusters(), terms(Optional.empty()));

    Reply prod = call("get_resource", deployment().put("cluster", "prod"));
    Reply here = call("get_resource", deployment().put("cluster", "here"));

    assertThat(calls.listed(AGENT))
        .allMatch(tool ->
            tool.input().schema().at("/properties/cluster/enum").toString().equals("[\"here\"]"));
    assertThat(prod.text()).startsWith("BAD_ARGS").doesNotContain("prod");
    assertThat(prod.structured().has("cluster")).isFalse();
    assertThat(here.error()).as(here.text()).isFalse();
  }

  @Test
  void aCallerThatMayUseNoneSeesNoTools() {
    calls = wiring.calls(clusters(), terms(Optional.empty()));

    List<Tool> listed = calls.listed(new Caller("stdio:stranger"));

    assertThat(listed).isEmpty();
  }

  @Test
  void aCallerThatMayUseNoneIsRefusedWhereThereIsOne() throws IOException {
    write(RULES.formatted(""));
    calls = wiring.calls(clusters(), terms(Optional.empty()));

    Reply reply = call("get_resource", deployment());

    assertThat(reply.text()).startsWith("BAD_ARGS: There is no such cluster for this caller.");
  }

  @Test
  void theLedgerSaysInWhoseNameKubernetesWasAsked() {
    calls = wiring.calls(clusters(), terms(Optional.of(new Impersonation("kw:{name}", List.of()))));

    Reply waiting = call("scale_workload", scale("here"));

    var askedAs = entry(EntryType.REQUESTED).body().path("askedAs");
    assertThat(waiting.text()).startsWith("APPROVAL_REQUIRED");
    assertThat(askedAs.path("user").asString("")).isEqualTo("kw:stdio:agent");
    assertThat(askedAs.path("requestId").asString("")).startsWith("rq-");
  }

  @Test
  void whoeverCannotBeImpersonatedIsRefused() {
    calls =
        wiring.calls(clusters(), terms(Optional.of(new Impersonation("system:{name}", List.of()))));

    Reply read = call("get_resource", deployment().put("cluster", "here"));
    Reply write = call("scale_workload", scale("here"));

    assertThat(read.text()).startsWith("FORBIDDEN");
    assertThat(write.text()).startsWith("FORBIDDEN");
  }

  private Clusters clusters() {
    return wiring.clusters(
        new ClusterLocation(
            Optional.of(folder.resolve("here")), Optional.empty(), Map.of(), folder));
  }

  /// The agent may use the cluster `here`, and nobody anything else.
  private static ServedClusters.Terms terms(Optional<Impersonation> as) {
    return new ServedClusters.Terms() {
      @Override
      public boolean mayUse(Caller caller, String cluster) {
        return caller.equals(AGENT) && cluster.equals("here");
      }

      @Override
      public Optional<Impersonation> impersonation(Caller caller) {
        return as;
      }
    };
  }

  private Reply call(String tool, ObjectNode arguments) {
    return calls.run(new Request(AGENT, "test", tool, arguments, Progress.NONE));
  }

  private Entry entry(EntryType type) {
    List<Entry> found = new ArrayList<>();
    wiring
        .ledger()
        .read(view -> {
          view.forEach(1, found::add);
          return 0;
        });
    return found.stream().filter(entry -> entry.type() == type).findFirst().orElseThrow();
  }

  private void write(String text) throws IOException {
    Files.writeString(config, "apiVersion: kubewicket.dev/v1\n" + text);
    // Two writes within one tick of the file system's clock would look like one.
    Files.setLastModifiedTime(
        config, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + text.length())));
  }

  private static ObjectNode deployment() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "deployment")
        .put("namespace", "shop")
        .put("name", "web");
  }

  private static ObjectNode scale(String cluster) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cluster", cluster)
        .put("namespace", "shop")
        .put("workload", "deployment/web")
        .put("replicas", 3)
        .put("reason", "a test");
  }

  private static List<ObjectNode> objects(String name) {
    List<ObjectNode> objects = new ArrayList<>();
    objects.add(
        (ObjectNode)
            JSON.readTree(
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata":
                   {"name": "web", "namespace": "shop", "labels": {"which": "of-%s"}},
                 "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template":
                   {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "web:1"}]}}},
                 "status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2}}
                """
                    .formatted(name)));
    for (int i = 0; i < 60; i++) {
      objects.add(
          (ObjectNode)
              JSON.readTree(
                  """
                  {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings-%d", "namespace": "shop"}}
                  """
                      .formatted(i)));
    }
    return objects;
  }

  private static String kubeconfig(DemoCluster demo) {
    return """
    apiVersion: v1
    kind: Config
    current-context: c
    contexts: [{name: c, context: {cluster: c, user: u}}]
    clusters: [{name: c, cluster: {server: "%s"}}]
    users: [{name: u, user: {token: "%s"}}]
    """
        .formatted(demo.uri(), demo.token());
  }
}
