package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Lists, selectors, pages and the forms of answers.
class ReadTest {
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
        "labelSelector=app%3Dweb | 3",
        "labelSelector=app%3D%3Dweb%2Ctier%3Dfront | 3",
        "labelSelector=app!%3Dweb | 5",
        "labelSelector=app+in+(web%2Cdb) | 4",
        "labelSelector=app+notin+(web%2Cdb) | 4",
        "labelSelector=tier | 6",
        "labelSelector=!tier | 2",
        "fieldSelector=status.phase%3DSucceeded | 1",
        "fieldSelector=status.phase!%3DSucceeded | 7",
        "fieldSelector=metadata.name%3D%3Ddb-0 | 1",
        "fieldSelector=metadata.namespace%3Dkube-system | 0",
        "labelSelector=app%3Dweb&fieldSelector=status.phase%3DPending | 0",
      })
  void selectsPods(String query, int expected) {
    assertThat(api.names(Api.PODS + "?" + query)).hasSize(expected);
  }

  @Test
  void selectsPodsByTheirNode() {
    String node = api.get(Api.PODS + "/db-0").at("/spec/nodeName");

    List<String> names = api.names("/api/v1/pods?fieldSelector=spec.nodeName%3D" + node);

    assertThat(names).contains("db-0").hasSizeLessThan(api.names("/api/v1/pods").size());
  }

  @Test
  void selectsEventsByTheObjectTheyAreAbout() {
    String pod = api.pod("checkout");

    JsonNode events =
        api.get(
                "/api/v1/namespaces/shop/events?fieldSelector=involvedObject.kind%3DPod"
                    + "%2CinvolvedObject.name%3D"
                    + pod)
            .json()
            .path("items");

    assertThat(events.findValuesAsString("reason")).contains("Scheduled", "BackOff", "Started");
    assertThat(events.valueStream().map(e -> e.at("/involvedObject/name").asString()))
        .containsOnly(pod);
  }

  @Test
  void refusesSelectorsThatItDoesNotUnderstand() {
    assertThat(api.get(Api.PODS + "?fieldSelector=spec.colour%3Dred").code()).isEqualTo(400);
    assertThat(api.get(Api.PODS + "?labelSelector=a+b").code()).isEqualTo(400);
  }

  @Test
  void listsAllNamespacesWithARevision() {
    Api.Answer answer = api.get("/api/v1/pods");

    assertThat(answer.at("/kind")).isEqualTo("PodList");
    assertThat(answer.at("/metadata/resourceVersion")).matches("[0-9]+");
    assertThat(answer.json().path("items").findValuesAsString("namespace"))
        .contains("shop", "kube-system");
    assertThat(answer.json().at("/items/0").has("kind")).isFalse();
  }

  @Test
  void givesPagesThatTogetherAreTheWholeList() {
    List<String> names = new ArrayList<>();
    String more = "";
    int pages = 0;
    do {
      Api.Answer page = api.get("/api/v1/pods?limit=4&continue=" + more);
      names.addAll(
          page.json()
              .path("items")
              .valueStream()
              .map(p -> p.at("/metadata/name").asString())
              .toList());
      more = page.at("/metadata/continue");
      pages++;
    } while (!more.isEmpty());

    assertThat(names).containsExactlyElementsOf(api.names("/api/v1/pods"));
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void continuesAListAlthoughObjectsWereMadeMeanwhile() {
    String path = "/api/v1/namespaces/shop/configmaps";
    Api.Answer first = api.get(path + "?limit=1");
    api.post(path, "{\"metadata\":{\"name\":\"aaa\"}}");

    List<String> rest = api.names(path + "?continue=" + first.at("/metadata/continue"));

    assertThat(first.at("/items/0/metadata/name")).isEqualTo("checkout-config");
    assertThat(first.at("/metadata/remainingItemCount")).isEqualTo("1");
    assertThat(rest).containsExactly("web-config");
    api.delete(path + "/aaa", "");
  }

  @Test
  void refusesACursorThatIsNone() {
    assertThat(api.get(Api.PODS + "?limit=1&continue=zzz").code()).isEqualTo(400);
  }

  @Test
  void forgetsCursorsOfLongAgo() {
    String token =
        java.util.Base64.getUrlEncoder()
            .encodeToString(
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":3,\"name\":\"a\"}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    Api.Answer answer = api.get(Api.PODS + "?limit=1&continue=" + token);

    assertThat(answer.code()).isEqualTo(410);
    assertThat(answer.at("/reason")).isEqualTo("Expired");
  }

  @Test
  void showsOnlyMetadataWhenAsked() {
    Api.Answer answer =
        api.get(Api.PODS, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");

    assertThat(answer.at("/kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(answer.json().at("/items/0").has("spec")).isFalse();
    assertThat(answer.at("/items/0/kind")).isEqualTo("PartialObjectMetadata");
  }

  @Test
  void showsTheSameEventsUnderTheirNewerGroup() {
    JsonNode event = api.get("/apis/events.k8s.io/v1/namespaces/shop/events").json().at("/items/0");

    assertThat(event.has("regarding")).isTrue();
    assertThat(event.has("note")).isTrue();
    assertThat(event.has("involvedObject")).isFalse();
  }
}
