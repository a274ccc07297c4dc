package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HttpCallsTest {
  @Test
  void answersWithJsonWhereNothingIsToldBefore() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<String> answer = http.send(call(http, http.session(), "1", "fast", "{}"));

      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(RunningHttp.json(answer).path("result").path("isError").asBoolean(true)).isFalse();
    }
  }

  @Test
  void streamsProgressBeforeTheAnswer() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<InputStream> answer =
          http.open(call(http, http.session(), "1", "slow", "{\"ms\":50}"));
      Events events = new Events(answer.body());

      JsonNode progress = events.next();
      JsonNode result = events.next();

      assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(progress.path("params").path("message").asString()).isEqualTo("half way");
      assertThat(result.path("id").asInt()).isEqualTo(1);
      assertThat(events.ends()).isTrue();
    }
  }

  @Test
  void tellsNoProgressToAClientThatTakesOnlyJson() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<String> answer =
          http.send(
              call(http, http.session(), "1", "slow", "{\"ms\":50}")
                  .setHeader("Accept", "application/json"));

      assertThat(RunningHttp.json(answer).path("result").path("isError").asBoolean(true)).isFalse();
    }
  }

  @Test
  void cancelsACallByNotificationAndByNoOtherSession() throws Exception {
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";
    try (RunningHttp http = RunningHttp.open()) {
      String session = http.session();
      String other = http.session();
      CompletableFuture<HttpResponse<String>> running =
          http.client.sendAsync(
              call(http, session, "1", "slow", "{\"ms\":60000}").build(),
              HttpResponse.BodyHandlers.ofString());
      await(() -> !http.calls.requests.isEmpty());

      int foreign = http.send(http.request(cancel).header("Mcp-Session-Id", other)).statusCode();
      boolean unharmed = http.calls.interrupted.isEmpty();
      int own = http.send(http.request(cancel).header("Mcp-Session-Id", session)).statusCode();
      await(() -> !http.calls.interrupted.isEmpty());

      assertThat(foreign).isEqualTo(202);
      assertThat(unharmed).isTrue();
      assertThat(own).isEqualTo(202);
      assertThat(running.get().body()).doesNotContain("\"result\"");
    }
  }

  @Test
  void cancelsACallWhoseClientLeft() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<InputStream> answer =
          http.open(
              http.modern(
                  "1",
                  "tools/call",
                  "\"name\":\"slow\",\"arguments\":{\"ms\":60000}",
                  Map.of("Mcp-Name", "slow")));
      Thread.sleep(200);
      answer.body().close();
      http.client.shutdownNow();

      await(() -> !http.calls.interrupted.isEmpty());

      assertThat(http.calls.interrupted).containsExactly("slow");
    }
  }

  @Test
  void refusesAnIdThatIsInFlightInItsSession() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String session = http.session();
      CompletableFuture<HttpResponse<String>> running =
          http.client.sendAsync(
              call(http, session, "1", "slow", "{\"ms\":400}").build(),
              HttpResponse.BodyHandlers.ofString());
      await(() -> !http.calls.requests.isEmpty());

      HttpResponse<String> twin = http.send(call(http, session, "1", "fast", "{}"));

      assertThat(twin.statusCode()).isEqualTo(400);
      assertThat(running.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void takesAnIdAgainAsSoonAsItsAnswerIsThere() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String session = http.session();

      for (int i = 0; i < 200; i++) {
        HttpResponse<String> answer = http.send(call(http, session, "1", "fast", "{}"));
        assertThat(answer.statusCode()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"failing", "overflowing"})
  void saysNothingOfWhatFailedInside(String tool) throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<String> answer = http.send(call(http, http.session(), "1", tool, "{}"));

      assertThat(RunningHttp.code(answer)).isEqualTo(-32603);
      assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("Exception");
    }
  }

  @Test
  void finishesWhatIsUnderWayBeforeItStopsAndTakesNoMoreIn() throws Exception {
    RunningHttp http = RunningHttp.open();
    String session = http.session();
    CompletableFuture<HttpResponse<String>> running =
        http.client.sendAsync(
            call(http, session, "1", "slow", "{\"ms\":1500}").build(),
            HttpResponse.BodyHandlers.ofString());
    await(() -> !http.calls.requests.isEmpty());
    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(() -> {
          try {
            http.server.stop(Duration.ofSeconds(10));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    Thread.sleep(200);

    HttpResponse<String> late = http.send(call(http, session, "2", "fast", "{}"));
    int ready = http.send(HttpRequest.newBuilder(http.probe("/readyz"))).statusCode();
    HttpResponse<String> finished = running.get();
    stopping.get();

    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
    assertThat(ready).isEqualTo(503);
    assertThat(finished.body()).contains("slow is done");
  }

  @Test
  void interruptsWhatDoesNotEndWithinTheDrainAndStillAnswers() throws Exception {
    RunningHttp http = RunningHttp.open();
    CompletableFuture<HttpResponse<String>> running =
        http.client.sendAsync(
            call(http, http.session(), "1", "slow", "{\"ms\":60000}").build(),
            HttpResponse.BodyHandlers.ofString());
    await(() -> !http.calls.requests.isEmpty());

    http.server.stop(Duration.ofMillis(200));

    assertThat(running.get().body()).contains("CANCELLED");
  }

  private static HttpRequest.Builder call(
      RunningHttp http, String session, String id, String tool, String arguments) {
    return http.request(
            """
            {"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"_meta":{"progressToken":"t"},\
            "name":"%s","arguments":%s}}\
            """
                .formatted(id, tool, arguments))
        .header("Mcp-Session-Id", session);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
