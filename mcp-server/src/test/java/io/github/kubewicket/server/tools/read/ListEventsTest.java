package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.FakeApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ListEventsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private final ListEvents tool = new ListEvents(InstantSource.fixed(NOW));
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
  void groupsWhatDiffersInNumbersOnlyAndPutsWarningsFirst() {
    events(
        event("p", "Normal", "Started", "Started", 5, 0),
        event("p", "Warning", "Failed", "exit code 1 at 0x1f", 2, 600),
        event("p", "Warning", "Failed", "exit code 137 at 0x2e", 3, 300),
        event("q", "Normal", "Pulled", "Pulled", 1, 60));

    Reply reply = Called.read(tool, view, "{'namespace':'shop'}");

    JsonNode groups = reply.structured().path("groups");
    assertThat(groups).hasSize(3);
    assertThat(groups.path(0).toString())
        .isEqualTo(
            "{\"type\":\"Warning\",\"reason\":\"Failed\",\"object\":\"Pod/p\",\"count\":5,\"age\":\"5m\","
                + "\"message\":\"exit code 137 at 0x2e\"}");
    assertThat(groups.path(1).path("reason").asString()).isEqualTo("Started");
    assertThat(reply.text()).startsWith("4 events in namespace shop, 2 warnings: 2 Failed");
  }

  @Test
  void pagesThroughThousandsOfGroupsWithoutLosingOne() {
    events(
        IntStream.range(0, 3_000)
            .mapToObj(i -> event("pod-" + i, i % 3 == 0 ? "Warning" : "Normal", "R", "m", 1, i / 7))
            .toArray(String[]::new));

    Set<String> seen = new HashSet<>();
    Reply reply = Called.read(tool, view, "{'namespace':'shop','limit':200}", 60_000);
    while (true) {
      reply.structured().path("groups").forEach(group -> seen.add(group.path("object").asString()));
      JsonNode cursor = reply.structured().path("cursor");
      if (cursor.isMissingNode()) {
        break;
      }
      reply =
          Called.read(
              tool,
              view,
              "{'namespace':'shop','limit':200,'cursor':'" + cursor.asString() + "'}",
              60_000);
    }

    assertThat(seen).hasSize(3_000);
    assertThat(
            Called.read(tool, view, "{'namespace':'shop'}")
                .structured()
                .path("truncated")
                .asBoolean())
        .isTrue();
  }

  @Test
  void asksTheServerForOneObjectOnly() {
    server.on("/api/v1/events", "{\"items\":[]}");

    Called.read(tool, view, "{'kind':'po','name':'a,b=c','fieldSelector':'type=Warning'}");

    assertThat(server.seen().getLast().path())
        .isEqualTo(
            "/api/v1/events?fieldSelector=type%3DWarning%2CinvolvedObject.kind%3DPod%2C"
                + "involvedObject.name%3Da%5C%2Cb%5C%3Dc");
  }

  private void events(String... events) {
    server.on(
        "/api/v1/namespaces/shop/events",
        "{\"items\":[" + Arrays.stream(events).collect(Collectors.joining(",")) + "]}");
  }

  private static String event(
      String pod, String type, String reason, String message, int count, int secondsAgo) {
    return """
    {"metadata":{"uid":"%s"},"involvedObject":{"kind":"Pod","name":"%s","namespace":"shop"},"type":"%s",
     "reason":"%s","message":"%s","count":%d,"lastTimestamp":"%s"}
    """
        .formatted(pod + message, pod, type, reason, message, count, NOW.minusSeconds(secondsAgo));
  }
}
