package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.transport.FakeTool;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class HttpStreamsTest {
  @Test
  void tellsASessionThatTheToolsChanged() throws Exception {
    try (RunningHttp http = RunningHttp.open();
        Events events = new Events(http.open(stream(http, http.session())).body())) {
      Thread.sleep(300);
      http.calls.listed.add(new FakeTool("just_enabled"));

      JsonNode told = events.next();

      assertThat(told.path("method").asString()).isEqualTo("notifications/tools/list_changed");
      assertThat(told.has("id")).isFalse();
    }
  }

  @Test
  void givesASessionOneStreamAtATime() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String session = http.session();
      HttpResponse<InputStream> first = http.open(stream(http, session));

      int second = http.send(stream(http, session)).statusCode();

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second).isEqualTo(409);
    }
  }

  @Test
  void acknowledgesListeningFirstAndTagsWhatFollows() throws Exception {
    try (RunningHttp http = RunningHttp.open();
        Events events = new Events(http.open(listen(http)).body())) {
      JsonNode acknowledged = events.next();
      Thread.sleep(300);
      http.calls.listed.add(new FakeTool("just_enabled"));
      JsonNode told = events.next();

      assertThat(acknowledged.path("method").asString())
          .isEqualTo("notifications/subscriptions/acknowledged");
      assertThat(acknowledged.path("params").path("notifications").toString())
          .isEqualTo("{\"toolsListChanged\":true}");
      assertThat(told.path("method").asString()).isEqualTo("notifications/tools/list_changed");
      assertThat(List.of(acknowledged, told))
          .allMatch(frame ->
              frame
                      .path("params")
                      .path("_meta")
                      .path("io.modelcontextprotocol/subscriptionId")
                      .asInt()
                  == 7);
    }
  }

  @Test
  void endsStreamsInGoodOrderBeforeItStops() throws Exception {
    try (RunningHttp http = RunningHttp.open();
        Events listening = new Events(http.open(listen(http)).body());
        Events session = new Events(http.open(stream(http, http.session())).body())) {
      listening.next();

      http.server.stop(Duration.ofSeconds(5));

      JsonNode last = listening.next();
      assertThat(last.path("id").asInt()).isEqualTo(7);
      assertThat(last.path("result").path("resultType").asString()).isEqualTo("complete");
      assertThat(listening.ends()).isTrue();
      assertThat(session.ends()).isTrue();
    }
  }

  @Test
  void cutsOffAClientThatDoesNotRead() {
    EventStream stream = new EventStream(Duration.ofSeconds(1));
    JsonNodeFactory nodes = JsonNodeFactory.instance;

    long taken =
        IntStream.range(0, 10_000).filter(i -> stream.send(nodes.objectNode().put("n", i))).count();

    assertThat(taken).isEqualTo(EventStream.MAX_WAITING);
    assertThat(stream.send(nodes.objectNode())).isFalse();
  }

  @Test
  void speaksTheOldestTransportOnItsPairOfPaths() throws Exception {
    try (RunningHttp http = RunningHttp.closed();
        Events events =
            new Events(
                http.open(
                        HttpRequest.newBuilder(http.uri("/sse"))
                            .header("Accept", "text/event-stream")
                            .header("Authorization", "Bearer ada"))
                    .body())) {
      String endpoint = events.nextData();
      int greeted = post(http, endpoint, "ada", RunningHttp.INITIALIZE);
      JsonNode greeting = events.next();
      post(http, endpoint, "ada", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      post(
          http,
          endpoint,
          "ada",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"fast\"}}");
      JsonNode answer = events.next();
      int stolen = post(http, endpoint, "eve", RunningHttp.INITIALIZE);

      assertThat(endpoint).startsWith("/message?sessionId=");
      assertThat(greeted).isEqualTo(202);
      assertThat(greeting.path("result").path("serverInfo").path("name").asString())
          .isEqualTo("kubewicket");
      assertThat(answer.path("result").path("isError").asBoolean(true)).isFalse();
      assertThat(stolen).isEqualTo(404);
    }
  }

  @Test
  void drainsAllSessionsOfTheOldestTransportWithinOneTime() throws Exception {
    Duration drain = Duration.ofMillis(1_500);
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"slow\","
            + "\"arguments\":{\"ms\":60000}}}";
    List<Events> streams = new ArrayList<>();
    try (RunningHttp http = RunningHttp.closed()) {
      for (int i = 0; i < 4; i++) {
        Events events =
            new Events(
                http.open(
                        HttpRequest.newBuilder(http.uri("/sse"))
                            .header("Accept", "text/event-stream")
                            .header("Authorization", "Bearer ada"))
                    .body());
        streams.add(events);
        String endpoint = events.nextData();
        post(http, endpoint, "ada", RunningHttp.INITIALIZE);
        post(
            http,
            endpoint,
            "ada",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        post(http, endpoint, "ada", call);
      }
      while (http.calls.requests.size() < 4) {
        Thread.sleep(20);
      }

      long start = System.nanoTime();
      http.server.stop(drain);
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(took).isBetween(drain, drain.multipliedBy(3));
      assertThat(http.calls.interrupted).hasSize(4);
    } finally {
      for (Events events : streams) {
        events.close();
      }
    }
  }

  @Test
  void asksOfTheOldestTransportWhatTheCredentialAllowsNow() throws Exception {
    try (RunningHttp http = RunningHttp.closed();
        Events events =
            new Events(
                http.open(
                        HttpRequest.newBuilder(http.uri("/sse"))
                            .header("Accept", "text/event-stream")
                            .header("Authorization", "Bearer reader"))
                    .body())) {
      String endpoint = events.nextData();
      post(http, endpoint, "reader", RunningHttp.INITIALIZE);
      events.next();

      int write =
          post(
              http,
              endpoint,
              "reader",
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"slow\"}}");

      assertThat(write).isEqualTo(403);
      assertThat(http.calls.requests).isEmpty();
    }
  }

  @Test
  void tellsAnOldClientThatTriesTheNewTransportThere() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<String> answer =
          http.send(http.request(RunningHttp.INITIALIZE).uri(http.uri("/sse")));

      assertThat(answer.statusCode()).isEqualTo(405);
    }
  }

  private static int post(RunningHttp http, String endpoint, String token, String body)
      throws Exception {
    return http.send(
            http.request(body).uri(http.uri(endpoint)).header("Authorization", "Bearer " + token))
        .statusCode();
  }

  private static HttpRequest.Builder stream(RunningHttp http, String session) {
    return HttpRequest.newBuilder(http.uri("/mcp"))
        .header("Accept", "text/event-stream")
        .header("Mcp-Session-Id", session);
  }

  private static HttpRequest.Builder listen(RunningHttp http) {
    return http.modern(
        "7",
        "subscriptions/listen",
        "\"notifications\":{\"toolsListChanged\":true,\"unknown\":true}",
        Map.of());
  }
}
