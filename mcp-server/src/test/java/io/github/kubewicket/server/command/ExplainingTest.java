package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ExplainingTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Caller AGENT = new Caller("stdio:agent");
  private static final String POLICY =
      """
      apiVersion: kubewicket.dev/v1
      rules:
        - {name: web, tools: [restart_workload], namespaces: [shop], tier: approve}
      """;
  private static final String WEB =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
       "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}, "template":
         {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "web:1"}]}}},
       "status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2}}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private DemoCluster demo;
  private Connection cluster;
  private Wiring wiring;

  @BeforeEach
  void open() throws IOException {
    Path config = Files.writeString(folder.resolve("tools.yaml"), POLICY);
    InstantSource clock = InstantSource.system();
    demo = DemoCluster.holding(clock, new Random(7), List.of((ObjectNode) JSON.readTree(WEB)));
    cluster = Connection.direct(demo.uri(), demo.token(), "test", clock);
    wiring =
        new Wiring(
            new Places(Optional.of(config), folder.resolve("state"), folder.resolve("keys")),
            CheckpointSink.none());
  }

  @AfterEach
  void close() {
    wiring.close();
    demo.close();
  }

  @Test
  void printsEveryCheckAndTheDecisionAndRecordsNothing() {
    int status = explaining(false).call("restart_workload", web(), AGENT);

    assertThat(status).isZero();
    assertThat(printed().lines().toList())
        .first()
        .isEqualTo("restart_workload on Deployment/web in namespace shop, by stdio:agent");
    assertThat(printed())
        .contains(
            "\nrule              passed            the rule web speaks\n",
            "\nbackups           passed            no backup runs or is due\n",
            "\nproduction        at most approve ",
            "\ndecision          approval_required");
    assertThat(entries()).isEmpty();
  }

  @Test
  void tellsMachinesWhatAgentsAreTold() {
    int status = explaining(true).call("scale_workload", web().put("replicas", 3), AGENT);
    JsonNode answer = JSON.readTree(printed());

    assertThat(status).isZero();
    assertThat(answer.path("decision").asString("")).isEqualTo("deny");
    assertThat(answer.path("code").asString("")).isEqualTo("NO_RULE");
    assertThat(answer.path("checks").size()).isGreaterThan(3);
  }

  @Test
  void aCallThatDoesNotFitIsNotExplained() {
    int status = explaining(false).call("restart workload", web(), AGENT);

    assertThat(status).isEqualTo(1);
    assertThat(printed()).isEmpty();
  }

  @Test
  void saysWhatWasSaidToARequestAndWhatWouldBeSaidNow() throws IOException {
    String id = call(web()).path("requestId").asString("");
    Files.writeString(
        folder.resolve("tools.yaml"), POLICY.replace("tier: approve", "tier: suggest"));

    int status = explaining(false).recorded(found(request(id)), Optional.empty());

    assertThat(status).isZero();
    assertThat(printed())
        .startsWith("then: restart_workload, called by stdio:agent\n")
        .contains("  a person was asked, by the rule web\n", "now:\n")
        .contains("\ndecision          suggested");
  }

  @Test
  void explainsARefusalFromItsEntry() {
    long seq =
        call(web().put("workload", "deployment/web").put("namespace", "other"))
            .path("auditSeq")
            .asLong(0);
    var key = new RecordedCall.Key(Optional.empty(), Optional.empty(), Optional.of(seq));

    int status = explaining(true).recorded(found(key), Optional.empty());
    JsonNode answer = JSON.readTree(printed());

    assertThat(status).isZero();
    assertThat(answer.path("then").path("story").path(0).asString(""))
        .contains("refused, NO_RULE: No rule in tools.yaml lets restart_workload act on namespace");
    assertThat(answer.has("now")).isFalse();
  }

  @Test
  void aChangesStoryBeginsWithItsRequestAndEndsWithItsOutcome() {
    ObjectNode intent =
        JsonNodeFactory.instance
            .objectNode()
            .put("changeId", "ch_1")
            .put("requestId", "ar_1")
            .put("class", "restart")
            .put("targetUid", "u-1")
            .put("caller", "stdio:agent")
            .put("tool", "restart_workload")
            .put("rule", "web")
            .put("tier", "approve")
            .put("approver", "on-call\u001b[31m");
    intent
        .putObject("scopes")
        .put("workload", "c/shop/Deployment/web")
        .put("namespace", "c/shop")
        .put("cluster", "c")
        .put("caller", "stdio:agent");
    intent.set("arguments", web().put("reason", "slow"));
    Entry unused = wiring.ledger().write(tx -> tx.append(EntryType.INTENT, intent));
    ObjectNode outcome =
        JsonNodeFactory.instance
            .objectNode()
            .put("changeId", "ch_1")
            .put("result", "verified")
            .put("charged", true)
            .put("message", "2 of 2 ready");
    Entry ended = wiring.ledger().write(tx -> tx.append(EntryType.OUTCOME, outcome));
    var key = new RecordedCall.Key(Optional.of("ch_1"), Optional.empty(), Optional.empty());

    int status = explaining(false).recorded(found(key), Optional.of(new Caller("stdio:other")));

    assertThat(status).isZero();
    assertThat(printed())
        .contains("let through at the tier approve, by the rule web, approved by on-call")
        .contains("it ended verified: 2 of 2 ready\n")
        .contains("restart_workload on Deployment/web in namespace shop, by stdio:other")
        .doesNotContain("\u001b");
    assertThat(ended.seq()).isEqualTo(2);
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    var unknown = wiring.ledger().read(view -> RecordedCall.find(request("ar_none"), view));

    assertThat(unknown).isEmpty();
  }

  private Explaining explaining(boolean json) {
    return new Explaining(
        wiring,
        Clusters.only(cluster),
        "",
        json,
        new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private RecordedCall found(RecordedCall.Key key) {
    return wiring.ledger().read(view -> RecordedCall.find(key, view)).orElseThrow();
  }

  private static RecordedCall.Key request(String id) {
    return new RecordedCall.Key(Optional.empty(), Optional.of(id), Optional.empty());
  }

  private List<String> entries() {
    return wiring
        .ledger()
        .read(view -> {
          List<String> types = new java.util.ArrayList<>();
          view.forEach(1, entry -> types.add(entry.type().word()));
          return types;
        });
  }

  private JsonNode call(ObjectNode arguments) {
    return wiring
        .calls(Clusters.only(cluster))
        .run(
            new Request(
                AGENT, "test", "restart_workload", arguments.put("reason", "slow"), Progress.NONE))
        .structured();
  }

  private static ObjectNode web() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("namespace", "shop")
        .put("workload", "deployment/web");
  }
}
