package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Tables have the columns that kubectl prints.
class TableTest {
  private static Api api;

  @BeforeAll
  static void start() {
    api = new Api();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/pods | Name,Ready,Status,Restarts,Age,IP,Node,Nominated Node,Readiness Gates",
        "/apis/apps/v1/deployments | Name,Ready,Up-to-date,Available,Age,Containers,Images,Selector",
        "/apis/apps/v1/statefulsets | Name,Ready,Age,Containers,Images",
        "/apis/batch/v1/jobs | Name,Status,Completions,Duration,Age,Containers,Images,Selector",
        "/api/v1/services | Name,Type,Cluster-IP,External-IP,Port(s),Age,Selector",
        "/api/v1/events | Last Seen,Type,Reason,Object,Subobject,Source,Message,First Seen,Count,Name",
        "/apis/policy/v1/poddisruptionbudgets | Name,Min Available,Max Unavailable,Allowed Disruptions,Age",
        "/apis/example.com/v1/widgets | Name,Size,Colour,Phase,Age",
      })
  void hasKubectlsColumns(String path, String columns) {
    JsonNode table = api.get(path, Api.TABLE).json();

    assertThat(String.join(",", names(table))).isEqualTo(columns);
    assertThat(table.at("/rows/0/cells").size()).isEqualTo(names(table).size());
  }

  @Test
  void describesAColumn() {
    JsonNode column = api.get("/api/v1/pods", Api.TABLE).json().at("/columnDefinitions/5");

    assertThat(column.path("name").asString()).isEqualTo("IP");
    assertThat(column.path("type").asString()).isEqualTo("string");
    assertThat(column.path("priority").asInt()).isEqualTo(1);
    assertThat(column.path("description").asString()).isNotEmpty();
  }

  @Test
  void showsTheShopAsItIs() {
    assertThat(row("/apis/apps/v1/namespaces/shop/deployments/web"))
        .startsWith("web", "3/3", "3", "3", "3d");
    assertThat(row("/apis/apps/v1/namespaces/shop/deployments/checkout"))
        .startsWith("checkout", "0/2", "2", "0");
    assertThat(row(Api.PODS + "/" + api.pod("checkout"))).element(2).isEqualTo("CrashLoopBackOff");
    assertThat(row(Api.PODS + "/" + api.pod("checkout")).get(3)).matches("[0-9]+ \\(.+ ago\\)");
    assertThat(row("/apis/apps/v1/namespaces/shop/statefulsets/db")).startsWith("db", "1/1");
    assertThat(row("/api/v1/namespaces/shop/persistentvolumeclaims/data-db-0"))
        .contains("Bound", "500Gi", "RWO");
    assertThat(row("/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web"))
        .startsWith("web", "2", "N/A", "1");
    assertThat(row("/apis/batch/v1/namespaces/shop/cronjobs/db-backup"))
        .startsWith("db-backup", "0 2 * * *", "<none>", "False", "1");
    assertThat(row("/api/v1/nodes/demo-a")).startsWith("demo-a", "Ready", "control-plane");
  }

  @Test
  void carriesAsMuchOfTheObjectsAsAsked() {
    String path = Api.PODS + "?limit=1&includeObject=";

    assertThat(api.get(path + "None", Api.TABLE).json().at("/rows/0/object").isNull()).isTrue();
    assertThat(api.get(path + "Metadata", Api.TABLE).at("/rows/0/object/kind"))
        .isEqualTo("PartialObjectMetadata");
    assertThat(api.get(path + "Object", Api.TABLE).at("/rows/0/object/spec")).isNotEmpty();
  }

  private static List<String> row(String path) {
    return api.get(path, Api.TABLE)
        .json()
        .at("/rows/0/cells")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private static List<String> names(JsonNode table) {
    return table
        .path("columnDefinitions")
        .valueStream()
        .map(c -> c.path("name").asString())
        .toList();
  }
}
