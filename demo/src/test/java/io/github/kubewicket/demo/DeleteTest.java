package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Deletion: preconditions, what goes along, what stays.
class DeleteTest {
  private static final String SETS =
      "/apis/apps/v1/namespaces/shop/replicasets?labelSelector=app%3D";
  private static Api api;

  @BeforeAll
  static void start() {
    api = new Api();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void takesReplicaSetsAndPodsAlong() {
    api.deployment("gone", 2, "a:1");

    Api.Answer answer = api.delete(Api.DEPLOYMENTS + "/gone", "");
    boolean empty = api.until(() -> api.names(Api.PODS + "?labelSelector=app%3Dgone").isEmpty());

    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.at("/status")).isEqualTo("Success");
    assertThat(api.names(SETS + "gone")).isEmpty();
    assertThat(empty).isTrue();
  }

  @Test
  void leavesOrphansWhenAsked() {
    api.deployment("orphaned", 1, "a:1");

    api.delete(Api.DEPLOYMENTS + "/orphaned", "{\"propagationPolicy\":\"Orphan\"}");

    assertThat(api.names(SETS + "orphaned")).hasSize(1);
    assertThat(api.names(Api.PODS + "?labelSelector=app%3Dorphaned")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"uid\":\"other\"", "\"resourceVersion\":\"1\""})
  void refusesToDeleteAnotherObjectThanTheOneMeant(String precondition) {
    Api.Answer answer = api.delete(Api.CONFIG, "{\"preconditions\":{" + precondition + "}}");

    assertThat(answer.code()).isEqualTo(409);
    assertThat(answer.at("/message")).contains("in the precondition");
    assertThat(api.get(Api.CONFIG).code()).isEqualTo(200);
  }

  @Test
  void deletesNothingInADryRun() {
    Api.Answer answer = api.delete(Api.CONFIG + "?dryRun=All", "");
    Api.Answer other = api.delete(Api.CONFIG, "{\"dryRun\":[\"All\"]}");

    assertThat(answer.code()).isEqualTo(200);
    assertThat(other.code()).isEqualTo(200);
    assertThat(api.get(Api.CONFIG).code()).isEqualTo(200);
  }

  @Test
  void marksAPodBeforeItGoes() {
    api.deployment("marked", 1, "a:1");
    String pod = api.pod("marked");

    Api.Answer answer = api.delete(Api.PODS + "/" + pod, "");
    Api.Answer ending = api.get(Api.PODS + "/" + pod, Api.TABLE);
    boolean gone = api.until(() -> api.get(Api.PODS + "/" + pod).code() == 404);

    assertThat(answer.at("/metadata/deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(ending.at("/rows/0/cells/2")).isEqualTo("Terminating");
    assertThat(gone).isTrue();
  }

  @Test
  void deletesAPodAtOnceWithoutGrace() {
    api.deployment("hasty", 1, "a:1");
    String pod = api.pod("hasty");

    api.delete(Api.PODS + "/" + pod, "{\"gracePeriodSeconds\":0}");

    assertThat(api.get(Api.PODS + "/" + pod).code()).isEqualTo(404);
  }

  @Test
  void deletesANamespaceWithAllThatIsInIt() {
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"brief\"}}");
    api.post("/api/v1/namespaces/brief/configmaps", "{\"metadata\":{\"name\":\"a\"}}");

    api.delete("/api/v1/namespaces/brief", "");

    assertThat(api.get("/api/v1/namespaces/brief/configmaps/a").code()).isEqualTo(404);
    assertThat(api.names("/api/v1/namespaces")).doesNotContain("brief");
  }

  @Test
  void waitsForFinalizers() {
    String path = "/api/v1/namespaces/shop/configmaps";
    api.post(path, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/hold\"]}}");
    api.delete(path + "/held", "");
    int held = api.get(path + "/held").code();

    api.patch(path + "/held", Api.MERGE, "{\"metadata\":{\"finalizers\":null}}");

    assertThat(held).isEqualTo(200);
    assertThat(api.get(path + "/held").code()).isEqualTo(404);
  }

  @Test
  void deletesACollectionBySelector() {
    String path = "/api/v1/namespaces/shop/configmaps";
    api.post(path, "{\"metadata\":{\"name\":\"many-1\",\"labels\":{\"many\":\"yes\"}}}");
    api.post(path, "{\"metadata\":{\"name\":\"many-2\",\"labels\":{\"many\":\"yes\"}}}");

    api.delete(path + "?labelSelector=many%3Dyes", "");

    assertThat(api.names(path)).doesNotContain("many-1", "many-2").contains("web-config");
  }
}
