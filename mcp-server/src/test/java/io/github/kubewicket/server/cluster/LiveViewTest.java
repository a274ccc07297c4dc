package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class LiveViewTest {
  private FakeApiServer server;
  private ClusterView view;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
    view = server.connection(folder).view();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void redactsASecretUnderEachOfItsNames() {
    server.on(
        "/api/v1/namespaces/shop/secrets/s",
        "{\"kind\":\"Nothing\",\"data\":{\"k\":\"aHVudGVyMg==\"}}");

    ObjectNode secret = view.get(view.kind("SECRET"), Optional.of("shop"), "s");

    assertThat(secret.toString()).doesNotContain("aHVudGVyMg").contains("\"bytes\":7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../nodes/x", "a/b", "a%2fb", "..", ".", "", "a\nb", "a b", "é"})
  void letsNoNameReachAnotherAddress(String name) {
    ClusterException wrong =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(view.kind("pods"), Optional.of("shop"), name));
    ClusterException where =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(view.kind("pods"), Optional.of(name), "web"));

    assertThat(wrong.denial().code()).isEqualTo(Reason.BAD_ARGS);
    assertThat(where.denial().code()).isEqualTo(Reason.BAD_ARGS);
    assertThat(server.seen()).noneMatch(seen -> seen.path().contains("namespaces/"));
  }

  @Test
  void encodesWhatASelectorMayHoldSoThatItStaysOneParameter() {
    server.on("/api/v1/namespaces/shop/pods", "{\"kind\":\"PodList\",\"items\":[]}");

    view.table(
        new ListQuery(view.kind("pods"), Optional.of("shop"), "a=b&limit=1#x", ""), new Rows());

    assertThat(server.seen().getLast().path())
        .endsWith("?labelSelector=a%3Db%26limit%3D1%23x&includeObject=None");
  }

  @ParameterizedTest
  @CsvSource({
    "403,FORBIDDEN",
    "404,NOT_FOUND",
    "400,BAD_ARGS",
    "422,BAD_ARGS",
    "500,CLUSTER_ERROR",
    "429,CLUSTER_ERROR",
    "504,TIMEOUT",
    "401,CLUSTER_UNAVAILABLE",
    "410,CLUSTER_ERROR"
  })
  void turnsAnErrorIntoACodeAndMasksWhatTheServerSaid(int status, Reason code) {
    server.on(
        "/api/v1/nodes/n",
        status,
        "{\"kind\":\"Status\",\"message\":\"no, token=hunter2 and \\u001b[31m\\u202ebidi\"}");

    ClusterException error =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(view.kind("node"), Optional.empty(), "n"));

    assertThat(error.denial().code()).isEqualTo(code);
    assertThat(error.getMessage() + error.denial().hint())
        .doesNotContain("hunter2")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void neverQuotesABodyThatIsNotJson() {
    server.on("/api/v1/nodes/n", "secret-in-the-body {");

    ClusterException error =
        catchThrowableOfType(
            ClusterException.class, () -> view.get(view.kind("node"), Optional.empty(), "n"));

    assertThat(error.getMessage()).contains("not a JSON object").doesNotContain("secret-in");
  }

  @Test
  void readsOnlyTheWantedCellsOfATableAndWhereItsRowsLive() {
    server.on(
        "/api/v1/pods",
        """
        {"kind":"Table","columnDefinitions":[
          {"name":"Name","type":"string","format":"name","priority":0},
          {"name":"Ready","type":"string","priority":0},{"name":"IP","type":"string","priority":1}],
         "rows":[{"cells":["web",1,{"x":[1]}],"object":{"kind":"PartialObjectMetadata",
           "metadata":{"labels":{"a":"b"},"namespace":"shop","name":"web"}}},
           {"cells":["db",null],"object":{"metadata":{"namespace":"data","name":"db"}}}]}
        """);
    Rows rows = new Rows();

    view.table(new ListQuery(view.kind("pods"), Optional.empty(), "", ""), rows);

    assertThat(rows.columns)
        .containsExactly(
            new Table.Column("Name", false),
            new Table.Column("Ready", false),
            new Table.Column("IP", true));
    assertThat(rows.shown).containsExactly("shop/web: web 1  ", "data/db: db   ");
    assertThat(server.seen().getLast().path()).endsWith("includeObject=Metadata");
  }

  @Test
  void makesATableOfAListWhereTheServerPrintsNone() {
    server.on(
        "/apis/example.com/v1/namespaces/shop/widgets",
        """
        {"kind":"WidgetList","items":[{"metadata":{"name":"lamp","creationTimestamp":"2020-01-01T00:00:00Z"},
          "spec":{"password":"x"}}]}
        """);
    Rows rows = new Rows();

    view.table(new ListQuery(view.kind("wd"), Optional.of("shop"), "", ""), rows);

    assertThat(rows.shown).hasSize(1);
    assertThat(rows.shown.getFirst()).startsWith("shop/lamp: lamp ").endsWith("d ");
  }

  @Test
  void masksSecretsInCells() {
    server.on(
        "/apis/example.com/v1/widgets",
        """
        {"kind":"Table","columnDefinitions":[{"name":"Name","format":"name"},{"name":"Url"}],
         "rows":[{"cells":["a","https://me:hunter2@x"],"object":{"metadata":{"namespace":"n","name":"a"}}}]}
        """);
    Rows rows = new Rows();

    view.table(new ListQuery(view.kind("widgets"), Optional.empty(), "", ""), rows);

    assertThat(rows.shown).containsExactly("n/a: a https://***@x ");
  }

  @Test
  void climbsFromAPodToTheControllerAtTheRoot() {
    server
        .on(
            "/apis/apps/v1/namespaces/shop/replicasets/web-1",
            "{\"metadata\":{\"uid\":\"u1\",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\","
                + "\"kind\":\"Deployment\",\"name\":\"web\",\"uid\":\"u2\",\"controller\":true}]}}")
        .on("/apis/apps/v1/namespaces/shop/deployments/web", "{\"metadata\":{\"uid\":\"another\"}}")
        .on(
            "/api/v1/namespaces/shop/pods/p",
            "{\"metadata\":{\"namespace\":\"shop\",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\","
                + "\"kind\":\"ReplicaSet\",\"name\":\"web-1\",\"uid\":\"u1\",\"controller\":true}]}}");

    List<Owner> owners = view.owners(view.get(view.kind("pod"), Optional.of("shop"), "p"));

    assertThat(owners)
        .containsExactly(
            new Owner("ReplicaSet", "web-1", false), new Owner("Deployment", "web", true));
  }

  @Test
  void readsEventsOfBothApis() {
    server.on(
        "/api/v1/namespaces/shop/events",
        """
        {"metadata":{"resourceVersion":"7"},"items":[
          {"metadata":{"uid":"1"},"involvedObject":{"kind":"Pod","name":"p","namespace":"shop"},"type":"Warning",
           "reason":"BackOff","message":"back\\u001b[1m-off password=hunter2","count":92,
           "firstTimestamp":"2026-01-01T00:00:00Z","lastTimestamp":"2026-01-01T01:00:00Z"},
          {"metadata":{"uid":"2"},"involvedObject":{"kind":"Pod","name":"p","namespace":"shop"},"type":"Normal",
           "reason":"Scheduled","message":"ok","eventTime":"2026-01-01T02:00:00.123456Z",
           "firstTimestamp":null,"lastTimestamp":null,
           "series":{"count":3,"lastObservedTime":"2026-01-01T03:00:00.000000Z"}}]}
        """);

    RecentEvents events = view.recentEvents(view.kind("pod"), Optional.of("shop"), "p");

    assertThat(events.events()).extracting(Event::reason).containsExactly("Scheduled", "BackOff");
    assertThat(events.events()).extracting(Event::count).containsExactly(3, 92);
    assertThat(events.events().getFirst().last()).hasToString("2026-01-01T03:00:00Z");
    assertThat(events.events().getLast().message()).isEqualTo("back-off password=***");
  }

  /// Keeps all rows as text.
  private static final class Rows implements Table.Reader {
    private final List<String> shown = new ArrayList<>();
    private List<Table.Column> columns = List.of();

    @Override
    public BitSet columns(List<Table.Column> served) {
      columns = served;
      BitSet all = new BitSet();
      all.set(0, served.size());
      return all;
    }

    @Override
    public void row(Table.Row row) {
      StringBuilder text = new StringBuilder(row.namespace() + "/" + row.name() + ": ");
      for (int i = 0; i < columns.size(); i++) {
        text.append(row.cell(i)).append(' ');
      }
      shown.add(text.toString());
    }
  }
}
