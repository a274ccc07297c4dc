package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Watches: what is there, what changes, and the end.
class WatchTest {
  private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
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
  void beginsWithWhatIsThere() {
    List<JsonNode> events = api.watch(MAPS + "?watch=true", 2);

    assertThat(events).extracting(event -> event.path("type").asString()).containsOnly("ADDED");
    assertThat(events.getFirst().at("/object/kind").asString()).isEqualTo("ConfigMap");
  }

  @Test
  void tellsOfEveryChangeSinceARevision() {
    String since = api.get(MAPS).at("/metadata/resourceVersion");
    api.post(MAPS, "{\"metadata\":{\"name\":\"seen\"}}");
    api.patch(MAPS + "/seen", Api.MERGE, "{\"data\":{\"a\":\"1\"}}");
    api.delete(MAPS + "/seen", "");

    List<JsonNode> events = api.watch(MAPS + "?watch=true&resourceVersion=" + since, 3);

    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .containsExactly("ADDED", "MODIFIED", "DELETED");
  }

  @Test
  void tellsOfAChangeWhileItIsOpen() throws Exception {
    String since = api.get(MAPS).at("/metadata/resourceVersion");
    CompletableFuture<List<JsonNode>> watch =
        CompletableFuture.supplyAsync(() ->
            api.watch(
                MAPS
                    + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion="
                    + since,
                2));
    api.post(MAPS, "{\"metadata\":{\"name\":\"live\"}}");

    List<JsonNode> events = watch.get(10, TimeUnit.SECONDS);

    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .containsExactly("ADDED", "BOOKMARK");
    assertThat(events.getLast().at("/object/metadata/resourceVersion").asString())
        .isEqualTo(events.getFirst().at("/object/metadata/resourceVersion").asString());
  }

  @Test
  void tellsWhenAnObjectEntersOrLeavesTheSelection() {
    api.post(MAPS, "{\"metadata\":{\"name\":\"moving\"}}");
    String since = api.get(MAPS).at("/metadata/resourceVersion");
    api.patch(MAPS + "/moving", Api.MERGE, "{\"metadata\":{\"labels\":{\"in\":\"yes\"}}}");
    api.patch(MAPS + "/moving", Api.MERGE, "{\"metadata\":{\"labels\":{\"in\":\"no\"}}}");

    List<JsonNode> events =
        api.watch(MAPS + "?watch=true&labelSelector=in%3Dyes&resourceVersion=" + since, 2);

    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .containsExactly("ADDED", "DELETED");
  }

  @Test
  void saysThatARevisionIsTooOld() {
    List<JsonNode> events = api.watch(MAPS + "?watch=true&resourceVersion=1", 1);

    assertThat(events.getFirst().path("type").asString()).isEqualTo("ERROR");
    assertThat(events.getFirst().at("/object/code").asInt()).isEqualTo(410);
  }

  @Test
  void marksTheEndOfWhatWasThere() {
    List<JsonNode> events =
        api.watch(
            "/api/v1/namespaces/shop/secrets"
                + "?watch=true&sendInitialEvents=true"
                + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true",
            2);

    assertThat(events)
        .anyMatch(event ->
            event
                .at("/object/metadata/annotations/k8s.io~1initial-events-end")
                .asString("")
                .equals("true"));
  }
}
