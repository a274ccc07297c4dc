package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.Progress;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterLocation;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.offer.Offers;
import io.github.kubewicket.server.offer.Prompt;
import io.github.kubewicket.server.offer.ResourceAnswer;
import io.github.kubewicket.server.offer.ResourceTemplate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two in-memory clusters and what is offered of them besides tools, wired as a server wires it.
class OfferedClustersTest {
  private static final Caller ALL = new Caller("token:all");
  private static final Caller SEES = new Caller("token:sees");
  private static final Caller HERE = new Caller("token:here");
  private static final Caller BANK = new Caller("token:bank");
  private static final Caller STRANGER = new Caller("token:stranger");
  private static final String OBJECTS = "kubewicket://{cluster}/objects/{namespace}/{kind}/{name}";
  private static final String RULES =
      """
      rules:
        - {name: web, tools: [scale_workload], namespaces: [shop], tier: approve}
      """;
  private static final String CALLERS =
      """
      callers:
        - {match: ["token:all", "token:sees"]}
        - {match: ["token:here"], clusters: [here]}
        - {match: ["token:bank"], namespaces: [bank]}
      """;

  @TempDir Path folder;
  private final Map<String, DemoCluster> demos = new LinkedHashMap<>();
  private final Semaphore told = new Semaphore(0);
  private Path config;
  private int writes;
  private Wiring wiring;
  private CallPath calls;
  private Offers offers;
  private String ofProd;
  private String ofHere;

  @BeforeEach
  void open() throws IOException {
    for (String name : List.of("prod", "here")) {
      DemoCluster demo =
          DemoCluster.holding(
              InstantSource.system(), new Random(name.hashCode()), TwinClusters.objects(name));
      demos.put(name, demo);
      Files.writeString(folder.resolve(name), TwinClusters.kubeconfig(demo));
    }
    config = folder.resolve("tools.yaml");
    write(clusters("prod", "prod", "here", "here") + RULES + CALLERS);
    wiring =
        new Wiring(
            new Places(Optional.of(config), folder.resolve("state"), folder.resolve("keys")),
            CheckpointSink.none());
    serve();
    ofProd = scale("prod", 3);
    ofHere = scale("here", 3);
  }

  @AfterEach
  void close() {
    wiring.close();
    demos.values().forEach(DemoCluster::close);
  }

  @Test
  void addressesNameTheClusterFirst() {
    List<ResourceTemplate> templates = offers.resources().templates(ALL);

    assertThat(templates)
        .extracting(ResourceTemplate::uriTemplate)
        .containsExactly(
            OBJECTS, "kubewicket://{cluster}/reports/{namespace}", "kubewicket://changes/{id}");
    assertThat(missing(ALL, "kubewicket://objects/shop/deploy/web")).contains("{cluster}");
  }

  @Test
  void showsTheObjectOfTheClusterThatIsNamed() {
    String prod = text(ALL, "kubewicket://prod/objects/shop/deploy/web");
    String here = text(ALL, "kubewicket://here/objects/shop/deploy/web");

    assertThat(prod).contains("of-prod").doesNotContain("of-here");
    assertThat(here).contains("of-here").doesNotContain("of-prod");
  }

  @Test
  void reportsOnOneClusterAlone() {
    String prod = text(ALL, "kubewicket://prod/reports/shop");
    String here = text(ALL, "kubewicket://here/reports/shop");

    assertThat(prod).startsWith("# Namespace shop on cluster prod\n");
    assertThat(prod).contains("| secret-prod", ofProd).doesNotContain(ofHere, "secret-here");
    assertThat(here).contains("| secret-here", ofHere).doesNotContain(ofProd, "secret-prod");
  }

  @Test
  void changesAreThoseOfEveryClusterThatTheCallerMayUse() {
    String own = text(ALL, "kubewicket://changes");
    String others = text(SEES, "kubewicket://changes");

    assertThat(own).contains(ofProd, ofHere, "\"cluster\":\"prod\"", "\"cluster\":\"here\"");
    assertThat(others).isEqualTo(own);
    assertThat(text(SEES, "kubewicket://changes/" + ofProd)).contains("on cluster prod");
  }

  @Test
  void aClusterThatTheCallerMayNotUseIsNoneAtAll() throws Exception {
    for (String rest : List.of("/objects/shop/deploy/web", "/objects/-/node/a", "/reports/shop")) {
      assertThat(offers.resources().read(HERE, "kubewicket://prod" + rest))
          .isEqualTo(offers.resources().read(HERE, "kubewicket://nowhere" + rest))
          .isInstanceOf(ResourceAnswer.Missing.class);
      assertThat(subscribe(HERE, "kubewicket://prod" + rest)).isEmpty();
    }

    assertThat(text(HERE, "kubewicket://changes")).contains(ofHere).doesNotContain(ofProd, "prod");
    assertThat(offers.resources().read(HERE, "kubewicket://changes/" + ofProd))
        .isEqualTo(offers.resources().read(HERE, "kubewicket://changes/ar_0"))
        .isInstanceOf(ResourceAnswer.Missing.class);
    assertThat(subscribe(HERE, "kubewicket://changes/" + ofProd)).isEmpty();
    subscribe(HERE, "kubewicket://changes/" + ofHere).orElseThrow().close();
  }

  @Test
  void aNamespaceThatTheCallerMayNotSeeStaysHiddenInEveryCluster() {
    for (String cluster : List.of("prod", "here")) {
      String shop = "kubewicket://" + cluster + "/objects/shop/deploy/web";
      assertThat(refused(BANK, shop)).isEqualTo(Reason.CALLER_NOT_ALLOWED);
      assertThat(refused(BANK, "kubewicket://" + cluster + "/reports/shop"))
          .isEqualTo(Reason.CALLER_NOT_ALLOWED);
      assertThat(subscribe(BANK, shop)).isEmpty();
      assertThat(text(BANK, "kubewicket://" + cluster + "/objects/bank/deploy/web"))
          .contains("of-" + cluster);
    }

    assertThat(text(BANK, "kubewicket://changes")).contains("\"changes\":[]");
    assertThat(missing(BANK, "kubewicket://changes/" + ofHere)).contains("no change");
    assertThat(subscribe(BANK, "kubewicket://changes/" + ofHere)).isEmpty();
  }

  @Test
  void whoMayNothingIsOfferedNothing() {
    assertThat(offers.resources().templates(STRANGER))
        .extracting(ResourceTemplate::name)
        .containsExactly("change");
    assertThat(offers.prompts().list(STRANGER)).isEmpty();
    assertThat(complete(STRANGER, "cluster", Map.of())).isEmpty();
    assertThat(text(STRANGER, "kubewicket://changes")).contains("\"changes\":[]");
    assertThat(missing(STRANGER, "kubewicket://here/reports/shop")).contains("no such cluster");
  }

  @Test
  void completesClustersAndWhatIsInTheChosenOne() {
    Map<String, String> shop = Map.of("cluster", "prod", "namespace", "shop", "kind", "deploy");

    assertThat(complete(ALL, "cluster", Map.of())).containsExactly("here", "prod");
    assertThat(complete(ALL, "namespace", Map.of("cluster", "prod"))).contains("-", "shop", "bank");
    assertThat(complete(ALL, "kind", Map.of("cluster", "prod", "namespace", "shop")))
        .contains("deployments");
    assertThat(complete(ALL, "name", shop)).containsExactly("secret-prod", "web");
    assertThat(complete(ALL, "namespace", Map.of())).isEmpty();
    assertThat(
            offers
                .completions()
                .complete(ALL, "kubewicket://objects/{namespace}/{kind}/{name}", "kind", "", shop)
                .values())
        .isEmpty();
  }

  @Test
  void suggestsNothingOfWhatTheCallerMayNotSee() {
    Map<String, String> prod = Map.of("cluster", "prod", "namespace", "shop", "kind", "deploy");
    assertThat(complete(ALL, "name", prod)).isNotEmpty();

    assertThat(complete(HERE, "cluster", Map.of())).containsExactly("here");
    for (String variable : List.of("namespace", "kind", "name")) {
      assertThat(complete(HERE, variable, prod)).as(variable).isEmpty();
    }
    assertThat(changeIds(HERE)).containsExactly(ofHere);
    assertThat(complete(BANK, "namespace", Map.of("cluster", "prod"))).containsExactly("-", "bank");
    assertThat(complete(BANK, "name", prod)).isEmpty();
    assertThat(changeIds(BANK)).isEmpty();
  }

  @Test
  void promptsAreAboutOneOfTheCallersClusters() {
    assertThat(offers.prompts().list(HERE))
        .extracting(Prompt::name)
        .containsExactly("diagnose_rollout", "hand_over_incident");
    assertThat(
            offers
                .completions()
                .complete(HERE, "diagnose_rollout", "cluster", "", Map.of())
                .values())
        .containsExactly("here");
    assertThat(
            offers
                .prompts()
                .get(HERE, "hand_over_incident", Map.of("cluster", "prod", "namespace", "shop"))
                .toString())
        .contains("one of here")
        .doesNotContain("prod");
  }

  @Test
  void tellsOfChangesOfTheObjectInItsOwnClusterAlone() throws Exception {
    try (AutoCloseable _ =
        subscribe(ALL, "kubewicket://prod/objects/shop/deploy/web").orElseThrow()) {
      Thread.sleep(500);
      told.drainPermits();
      label("here");
      boolean elsewhere = told.tryAcquire(1, TimeUnit.SECONDS);

      label("prod");

      assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(elsewhere).isFalse();
    }
  }

  @Test
  void tellsOfNewChangesOnlyWhoMayUseTheirCluster() throws Exception {
    try (AutoCloseable _ = subscribe(HERE, "kubewicket://changes").orElseThrow()) {
      scale("prod", 4);
      boolean elsewhere = told.tryAcquire(3, TimeUnit.SECONDS);

      scale("here", 4);

      assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(elsewhere).isFalse();
    }
  }

  @Test
  void aChangeBelongsToTheClusterAndNotToItsName() throws IOException {
    write(clusters("prod", "here", "here", "prod") + RULES + CALLERS);
    serve();

    String seen = text(HERE, "kubewicket://changes");

    assertThat(seen).contains(ofProd).doesNotContain(ofHere);
    assertThat(text(SEES, "kubewicket://prod/reports/shop"))
        .contains(ofHere)
        .doesNotContain(ofProd);
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects/shop/deploy/web", "reports/shop"})
  void oneClusterIsNotNamed(String path) throws IOException {
    write(RULES + CALLERS.replace(", clusters: [here]", ""));
    serve();

    String text = text(ALL, "kubewicket://" + path);

    assertThat(text).contains("web").doesNotContain("secret-prod", ofProd);
    assertThat(missing(ALL, "kubewicket://here/" + path)).startsWith("Resources are ");
    assertThat(offers.resources().templates(ALL))
        .extracting(ResourceTemplate::uriTemplate)
        .noneMatch(template -> template.contains("{cluster}"));
    assertThat(complete(ALL, "cluster", Map.of())).isEmpty();
    assertThat(text(SEES, "kubewicket://changes")).contains(ofHere).doesNotContain(ofProd);
  }

  private void serve() {
    Clusters clusters =
        wiring.clusters(
            new ClusterLocation(
                Optional.of(folder.resolve("here")), Optional.empty(), Map.of(), folder));
    calls = wiring.calls(clusters);
    offers = wiring.offers(clusters, calls);
  }

  /// Asks for a change, which waits for a person.
  private String scale(String cluster, int replicas) {
    ObjectNode arguments =
        JsonNodeFactory.instance
            .objectNode()
            .put("cluster", cluster)
            .put("namespace", "shop")
            .put("workload", "deployment/web")
            .put("replicas", replicas)
            .put("reason", "a test");
    Reply waiting = calls.run(new Request(ALL, "test", "scale_workload", arguments, Progress.NONE));
    assertThat(waiting.text()).startsWith("APPROVAL_REQUIRED");
    return waiting.structured().path("requestId").asString("");
  }

  private void label(String cluster) throws IOException, InterruptedException {
    DemoCluster demo = demos.get(cluster);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(
                      demo.uri().resolve("/apis/apps/v1/namespaces/shop/deployments/web"))
                  .header("Authorization", "Bearer " + demo.token())
                  .header("Content-Type", "application/merge-patch+json")
                  .method(
                      "PATCH",
                      HttpRequest.BodyPublishers.ofString(
                          "{\"metadata\":{\"labels\":{\"new\":\"one\"}}}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
  }

  private Optional<AutoCloseable> subscribe(Caller caller, String uri) {
    return offers.resources().subscribe(caller, uri, told::release);
  }

  private List<String> complete(Caller caller, String variable, Map<String, String> known) {
    return offers.completions().complete(caller, OBJECTS, variable, "", known).values();
  }

  private List<String> changeIds(Caller caller) {
    return offers
        .completions()
        .complete(caller, "kubewicket://changes/{id}", "id", "", Map.of())
        .values();
  }

  private String text(Caller caller, String uri) {
    ResourceAnswer answer = offers.resources().read(caller, uri);
    assertThat(answer).as(uri).isInstanceOf(ResourceAnswer.Found.class);
    return ((ResourceAnswer.Found) answer).text().text();
  }

  private String missing(Caller caller, String uri) {
    ResourceAnswer answer = offers.resources().read(caller, uri);
    assertThat(answer).as(uri).isInstanceOf(ResourceAnswer.Missing.class);
    return ((ResourceAnswer.Missing) answer).message();
  }

  private Reason refused(Caller caller, String uri) {
    ResourceAnswer answer = offers.resources().read(caller, uri);
    assertThat(answer).as(uri).isInstanceOf(ResourceAnswer.Refused.class);
    return ((ResourceAnswer.Refused) answer).denial().code();
  }

  private void write(String text) throws IOException {
    Files.writeString(config, "apiVersion: kubewicket.dev/v1\n" + text);
    // Two writes within one tick of the file system's clock would look like one.
    writes++;
    Files.setLastModifiedTime(
        config, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + writes)));
  }

  private String clusters(String first, String firstFile, String second, String secondFile) {
    return "clusters:\n  - {name: %s, kubeconfig: %s}\n  - {name: %s, kubeconfig: %s}\n"
        .formatted(first, folder.resolve(firstFile), second, folder.resolve(secondFile));
  }
}
