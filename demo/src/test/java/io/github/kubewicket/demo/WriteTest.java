package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.json.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Create, replace, patch: preconditions, dry runs, bookkeeping.
class WriteTest {
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
  void createsAnObjectWithItsIdentity() {
    String body =
        "{\"metadata\":{\"generateName\":\"made-\",\"uid\":\"mine\"},\"data\":{\"a\":\"1\"}}";

    Api.Answer answer = api.post("/api/v1/namespaces/shop/configmaps?fieldManager=tests", body);

    assertThat(answer.code()).isEqualTo(201);
    assertThat(answer.at("/metadata/name")).matches("made-[a-z0-9]{5}");
    assertThat(answer.at("/metadata/uid")).hasSize(36).isNotEqualTo("mine");
    assertThat(answer.at("/metadata/managedFields/0/manager")).isEqualTo("tests");
    assertThat(answer.at("/metadata/managedFields/0/fieldsV1")).contains("f:a");
  }

  @Test
  void refusesToCreateWhatExists() {
    Api.Answer answer =
        api.post("/api/v1/namespaces/shop/configmaps", "{\"metadata\":{\"name\":\"web-config\"}}");

    assertThat(answer.code()).isEqualTo(409);
    assertThat(answer.at("/reason")).isEqualTo("AlreadyExists");
  }

  @Test
  void refusesToCreateInANamespaceThatIsNotThere() {
    Api.Answer answer =
        api.post("/api/v1/namespaces/nowhere/configmaps", "{\"metadata\":{\"name\":\"a\"}}");

    assertThat(answer.code()).isEqualTo(404);
    assertThat(answer.at("/message")).isEqualTo("namespaces \"nowhere\" not found");
  }

  @Test
  void refusesAPatchWithAStaleResourceVersion() {
    String before = api.get(Api.CONFIG).at("/metadata/resourceVersion");
    api.patch(Api.CONFIG, Api.MERGE, "{\"data\":{\"theme\":\"stale-1\"}}");

    Api.Answer answer =
        api.patch(
            Api.CONFIG,
            Api.MERGE,
            "{\"metadata\":{\"resourceVersion\":\""
                + before
                + "\"},\"data\":{\"theme\":\"stale-2\"}}");

    assertThat(answer.code()).isEqualTo(409);
    assertThat(answer.at("/reason")).isEqualTo("Conflict");
    assertThat(answer.at("/message")).contains("the object has been modified");
    assertThat(api.get(Api.CONFIG).at("/data/theme")).isEqualTo("stale-1");
  }

  @Test
  void refusesAReplacementWithAStaleResourceVersion() {
    ObjectNode object = api.get(Api.CONFIG).object();
    api.patch(Api.CONFIG, Api.MERGE, "{\"data\":{\"theme\":\"newer\"}}");
    Json.child(object, "data").put("theme", "older");

    Api.Answer answer = api.put(Api.CONFIG, object.toString());

    assertThat(answer.code()).isEqualTo(409);
    assertThat(api.get(Api.CONFIG).at("/data/theme")).isEqualTo("newer");
  }

  @Test
  void acceptsAReplacementWithThePresentResourceVersion() {
    ObjectNode object = api.get(Api.CONFIG).object();
    Json.child(object, "data").put("theme", "replaced");

    Api.Answer answer = api.put(Api.CONFIG, object.toString());

    assertThat(answer.code()).isEqualTo(200);
    assertThat(api.get(Api.CONFIG).at("/data/theme")).isEqualTo("replaced");
  }

  @Test
  void refusesAReplacementForAnotherUid() {
    Api.Answer answer =
        api.put(Api.CONFIG, "{\"metadata\":{\"name\":\"web-config\",\"uid\":\"other\"}}");

    assertThat(answer.code()).isEqualTo(409);
    assertThat(answer.at("/message")).contains("UID in precondition: other");
  }

  @ParameterizedTest
  @ValueSource(strings = {Api.MERGE, Api.STRATEGIC})
  void refusesAPatchForAnotherUid(String type) {
    Api.Answer answer = api.patch(Api.WEB, type, "{\"metadata\":{\"uid\":\"other\"}}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/details/causes/0/field")).isEqualTo("metadata.uid");
    assertThat(answer.at("/message")).contains("field is immutable");
  }

  @Test
  void dryRunChangesNothing() {
    Api.Answer before = api.get(Api.WEB);
    String revision = api.get("/api/v1/pods?limit=1").at("/metadata/resourceVersion");

    Api.Answer answer =
        api.patch(Api.WEB + "?dryRun=All", Api.MERGE, "{\"spec\":{\"replicas\":5}}");

    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.at("/spec/replicas")).isEqualTo("5");
    assertThat(answer.json().at("/metadata/generation").asInt())
        .isEqualTo(before.json().at("/metadata/generation").asInt() + 1);
    assertThat(api.get(Api.WEB).text()).isEqualTo(before.text());
    assertThat(api.get("/api/v1/pods?limit=1").at("/metadata/resourceVersion")).isEqualTo(revision);
  }

  @Test
  void dryRunOfACreationLeavesNothingBehind() {
    Api.Answer answer =
        api.post(
            "/api/v1/namespaces/shop/configmaps?dryRun=All", "{\"metadata\":{\"name\":\"dry\"}}");

    assertThat(answer.code()).isEqualTo(201);
    assertThat(answer.at("/metadata/uid")).isNotEmpty();
    assertThat(api.get("/api/v1/namespaces/shop/configmaps/dry").code()).isEqualTo(404);
  }

  @Test
  void dryRunSeesTheSameErrorsAsTheWrite() {
    Api.Answer answer =
        api.patch(Api.WEB + "?dryRun=All", Api.MERGE, "{\"spec\":{\"replicas\":-1}}");

    assertThat(answer.code()).isEqualTo(422);
  }

  @Test
  void refusesADryRunThatIsNotAll() {
    Api.Answer answer = api.patch(Api.WEB + "?dryRun=Some", Api.MERGE, "{}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/message")).contains("dryRun: Unsupported value");
  }

  @Test
  void raisesTheGenerationOnlyWhenTheSpecChanges() {
    int before = api.get(Api.WEB).json().at("/metadata/generation").asInt();
    api.patch(Api.WEB, Api.MERGE, "{\"metadata\":{\"labels\":{\"seen\":\"yes\"}}}");
    int labelled = api.get(Api.WEB).json().at("/metadata/generation").asInt();
    api.patch(Api.WEB, Api.MERGE, "{\"spec\":{\"minReadySeconds\":0,\"revisionHistoryLimit\":9}}");

    int changed = api.get(Api.WEB).json().at("/metadata/generation").asInt();

    assertThat(labelled).isEqualTo(before);
    assertThat(changed).isEqualTo(before + 1);
  }

  @Test
  void keepsTheRevisionWhenNothingChanges() {
    Api.Answer before = api.patch(Api.CONFIG, Api.MERGE, "{\"data\":{\"same\":\"1\"}}");

    Api.Answer again = api.patch(Api.CONFIG, Api.MERGE, "{\"data\":{\"same\":\"1\"}}");

    assertThat(again.at("/metadata/resourceVersion"))
        .isEqualTo(before.at("/metadata/resourceVersion"));
  }

  @Test
  void ignoresAStatusThatIsWrittenWithTheObject() {
    api.patch(Api.WEB, Api.MERGE, "{\"status\":{\"readyReplicas\":99}}");

    assertThat(api.get(Api.WEB).at("/status/readyReplicas")).isEqualTo("3");
  }

  @Test
  void writesOnlyTheStatusThroughItsSubresource() {
    String widget = "/apis/example.com/v1/namespaces/shop/widgets/kettle";

    api.patch(
        widget + "/status",
        Api.MERGE,
        "{\"spec\":{\"size\":\"huge\"},\"status\":{\"phase\":\"Warm\"}}");

    assertThat(api.get(widget).at("/status/phase")).isEqualTo("Warm");
    assertThat(api.get(widget).at("/spec/size")).isEqualTo("medium");
  }

  @Test
  void recordsWhoWroteWhichField() {
    api.patch(Api.CONFIG + "?fieldManager=tuner", Api.MERGE, "{\"data\":{\"tuned\":\"1\"}}");

    JsonNode fields = api.get(Api.CONFIG).json().at("/metadata/managedFields");
    List<String> managers = fields.findValuesAsString("manager");
    assertThat(managers).contains("kubectl-client-side-apply", "tuner");
    assertThat(fields.path(managers.indexOf("tuner")).toString()).contains("f:tuned");
    assertThat(fields.path(0).toString()).doesNotContain("f:tuned");
  }

  @Test
  void keepsWhatKubectlAppliedLast() {
    assertThat(api.get(Api.WEB).json().at("/metadata/annotations").propertyNames())
        .contains("kubectl.kubernetes.io/last-applied-configuration");
  }

  @Test
  void storesPlainSecretsEncoded() {
    api.post(
        "/api/v1/namespaces/shop/secrets",
        "{\"metadata\":{\"name\":\"plain\"},\"stringData\":{\"a\":\"b\"}}");

    Api.Answer answer = api.get("/api/v1/namespaces/shop/secrets/plain");

    assertThat(answer.at("/data/a")).isEqualTo("Yg==");
    assertThat(answer.json().has("stringData")).isFalse();
  }
}
