package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The three patch formats.
class PatchTest {
  private static final String PATH = Api.DEPLOYMENTS + "/patched?dryRun=All";
  private static final String CONTAINERS = "/spec/template/spec/containers";
  private static Api api;

  @BeforeAll
  static void start() {
    api = new Api();
    api.deployment("patched", 1, "registry.example.com/shop/web:1");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void twoContainers() {
    api.patch(
        Api.DEPLOYMENTS + "/patched",
        Api.MERGE,
        """
        {"spec":{"template":{"spec":{"containers":[
          {"name":"main","image":"a:1","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},
          {"name":"side","image":"b:1"}]}}}}
        """);
  }

  @Test
  void mergePatchReplacesLists() {
    JsonNode patched =
        api.patch(
                PATH,
                Api.MERGE,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"only\",\"image\":\"c:1\"}]}}}}")
            .json();

    assertThat(patched.at(CONTAINERS).findValuesAsString("name")).containsExactly("only");
  }

  @Test
  void mergePatchRemovesWhatIsNull() {
    JsonNode patched = api.patch(PATH, Api.MERGE, "{\"metadata\":{\"annotations\":null}}").json();

    assertThat(patched.path("metadata").has("annotations")).isFalse();
  }

  @Test
  void strategicMergePatchMergesContainersAndVariablesByName() {
    JsonNode patched =
        api.patch(
                PATH,
                Api.STRATEGIC,
                """
                {"spec":{"template":{"spec":{"containers":[
                  {"name":"main","image":"a:2","env":[{"name":"B","value":"3"},{"name":"C","value":"4"}]}]}}}}
                """)
            .json()
            .at(CONTAINERS);

    assertThat(patched.path(0).path("image").asString()).isEqualTo("a:2");
    assertThat(patched.path(1).path("image").asString()).isEqualTo("b:1");
    assertThat(patched.path(0).path("env").findValuesAsString("value"))
        .containsExactly("1", "3", "4");
  }

  @Test
  void jsonPatchAddsReplacesRemovesAndTests() {
    JsonNode patched =
        api.patch(
                PATH,
                Api.JSON_PATCH,
                """
                [{"op":"test","path":"/spec/replicas","value":1},
                 {"op":"replace","path":"/spec/replicas","value":2},
                 {"op":"add","path":"/metadata/labels","value":{"a/b":"c"}},
                 {"op":"add","path":"/metadata/labels/x~1y","value":"z"},
                 {"op":"remove","path":"/spec/template/spec/containers/1"}]
                """)
            .json();

    assertThat(patched.at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(patched.at("/metadata/labels/x~1y").asString()).isEqualTo("z");
    assertThat(patched.at(CONTAINERS).size()).isEqualTo(1);
  }

  @Test
  void refusesAJsonPatchWhoseTestFails() {
    Api.Answer answer =
        api.patch(
            PATH, Api.JSON_PATCH, "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":9}]");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/reason")).isEqualTo("Invalid");
  }

  @Test
  void refusesAPatchThatIsNoJson() {
    assertThat(api.patch(PATH, Api.MERGE, "{\"spec\":").code()).isEqualTo(400);
    assertThat(api.patch(PATH, Api.JSON_PATCH, "{}").code()).isEqualTo(400);
  }

  @Test
  void refusesAFormatThatItDoesNotKnow() {
    Api.Answer answer = api.patch(PATH, "application/yaml", "{}");
    Api.Answer custom =
        api.patch("/apis/example.com/v1/namespaces/shop/widgets/kettle", Api.STRATEGIC, "{}");

    assertThat(List.of(answer.code(), custom.code())).containsOnly(415);
    assertThat(answer.at("/reason")).isEqualTo("UnsupportedMediaType");
  }
}
