package io.github.kubewicket.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.protocol.Surface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StdioServerTest {
  @Test
  void answersEverythingThatWasPipedInBeforeTheEnd() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.send(
          Peer.INITIALIZE,
          Peer.INITIALIZED,
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
          Peer.call("2", "slow", "{\"ms\":300}"));
      server.peer.close();

      List<JsonNode> frames =
          List.of(server.peer.receive(), server.peer.receive(), server.peer.receive());

      assertThat(frames)
          .extracting(frame -> frame.path("id").toString())
          .containsExactly("\"init\"", "1", "2");
      assertThat(frames.get(2).path("result").path("structuredContent").path("tool").asString())
          .isEqualTo("slow");
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void endsAfterAPauseBeforeTheEndOfInput() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet().send(Peer.call("1", "fast", "{}"));
      JsonNode reply = server.peer.receive();
      Thread.sleep(100);
      server.peer.close();

      int status = server.status();

      assertThat(reply.path("result").path("isError").asBoolean(true)).isFalse();
      assertThat(status).isZero();
    }
  }

  @Test
  void livesOnAfterAMalformedLine() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet().send("{\"jsonrpc\": oops", Peer.call("1", "fast", "{}"));

      JsonNode error = server.peer.receive();
      JsonNode reply = server.peer.receive();

      assertThat(error.path("id").isNull()).isTrue();
      assertThat(code(error)).isEqualTo(-32700);
      assertThat(reply.path("id").asInt()).isEqualTo(1);
    }
  }

  @Test
  void livesOnAfterBytesThatAreNotUtf8AndAfterABatch() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet().sendBytes(new byte[] {'"', (byte) 0xff, '"', '\n'});
      server.peer.send("[" + Peer.call("1", "fast", "{}") + "]", Peer.call("2", "fast", "{}"));

      List<JsonNode> frames =
          List.of(server.peer.receive(), server.peer.receive(), server.peer.receive());

      assertThat(frames.stream().map(StdioServerTest::code)).containsExactly(-32700, -32600, 0);
      assertThat(server.calls.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"tools/list, -32600", "tools/call, -32600", "x/y, -32600", "server/discover, -32601"})
  void answersARequestBeforeInitializedWithAnErrorAndStillEnds(String method, int expected)
      throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.send(
          Peer.INITIALIZED,
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}",
          Peer.INITIALIZE,
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"" + method + "\"}");
      server.peer.close();

      JsonNode first = server.peer.receive();
      JsonNode greeting = server.peer.receive();
      JsonNode second = server.peer.receive();

      assertThat(code(first)).isEqualTo(expected);
      assertThat(greeting.path("result").path("protocolVersion").asString())
          .isEqualTo("2025-11-25");
      assertThat(code(second)).isEqualTo(expected);
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void answersAPingAtAnyTime() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("result").isObject()).isTrue();
    }
  }

  @Test
  void advertisesWhatItHasAndNothingElse() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.send(Peer.INITIALIZE);

      JsonNode result = server.peer.receive().path("result");

      assertThat(result.path("capabilities").toString())
          .isEqualTo(
              "{\"tools\":{\"listChanged\":true},"
                  + "\"resources\":{\"subscribe\":true,\"listChanged\":false},"
                  + "\"prompts\":{\"listChanged\":false},\"completions\":{}}");
      assertThat(result.path("instructions").asString()).isEqualTo("Look before you ask.");
      assertThat(result.path("serverInfo").path("version").asString()).isEqualTo("0.1.0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-06-18, 2025-06-18",
    "2026-07-28, 2025-11-25",
    "'', 2025-11-25"
  })
  void agreesOnAVersionThatBothSpeak(String asked, String agreed) throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.send(Peer.INITIALIZE.replace("2025-11-25", asked));

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("result").path("protocolVersion").asString()).isEqualTo(agreed);
    }
  }

  @Test
  void servesAClientThatSaysNothingOfItselfAndRefusesToMeetItTwice() throws Exception {
    String bare = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\"}";
    try (RunningServer server = RunningServer.start()) {
      server.peer.send(bare, bare, Peer.INITIALIZED, bare, Peer.call("1", "fast", "{}"));

      List<JsonNode> frames =
          List.of(
              server.peer.receive(),
              server.peer.receive(),
              server.peer.receive(),
              server.peer.receive());

      assertThat(frames.stream().map(StdioServerTest::code)).containsExactly(0, 0, -32600, 0);
      assertThat(server.calls.requests.getFirst().client()).isEqualTo("unknown/unknown");
    }
  }

  @Test
  void letsTheCallPathRefuseWellFormedNamesAndRefusesMalformedOnesItself() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send(Peer.call("1", "restart_workload", "{}"));
      JsonNode unlisted = server.peer.receive();
      server.peer.send(Peer.call("2", "no such\\u0000tool", "{}"));
      JsonNode malformed = server.peer.receive();
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\"}");
      JsonNode nameless = server.peer.receive();

      assertThat(unlisted.path("result").path("structuredContent").path("code").asString())
          .isEqualTo("TOOL_NOT_ENABLED");
      assertThat(unlisted.path("result").path("isError").asBoolean()).isTrue();
      assertThat(code(malformed)).isEqualTo(-32602);
      assertThat(code(nameless)).isEqualTo(-32602);
      assertThat(server.calls.requests).hasSize(1);
    }
  }

  @Test
  void knowsNoOtherMethods() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\"}");

      JsonNode reply = server.peer.receive();

      assertThat(code(reply)).isEqualTo(-32601);
    }
  }

  @Test
  void listsWhatIsListedAtThatMoment() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.calls.listed.add(new FakeTool("just_enabled"));
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("result").path("tools").valueStream().map(t -> t.path("name")))
          .extracting(name -> name.asString())
          .containsExactly("fast", "slow", "printing", "failing", "just_enabled");
    }
  }

  @Test
  void passesTheArgumentsOnAsTheyCame() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send(Peer.call("1", "fast", "{\"b\":1e3,\"a\":[null,\"ä\"]}"));
      server.peer.receive();

      var request = server.calls.requests.getFirst();

      assertThat(request.arguments().toString()).isEqualTo("{\"b\":1000.0,\"a\":[null,\"ä\"]}");
      assertThat(request.caller().name()).isEqualTo("stdio:test");
      assertThat(request.client()).isEqualTo("peer/1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"failing", "overflowing"})
  void saysNothingOfWhatFailedInside(String tool) throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet().send(Peer.call("1", tool, "{}"));

      JsonNode reply = server.peer.receive();

      assertThat(code(reply)).isEqualTo(-32603);
      assertThat(reply.toString()).doesNotContain("hunter2").doesNotContain("Exception");
    }
  }

  @Test
  void greetsBeforeItsToolsAreReadyAndListsThemLater() throws Exception {
    CompletableFuture<Surface> surface = new CompletableFuture<>();
    try (RunningServer server = RunningServer.startWith(surface)) {
      server.peer.greet().send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
      boolean waited = server.peer.silentFor(100);
      surface.complete(Surfaces.of(new FakeCalls()));

      JsonNode reply = server.peer.receive();

      assertThat(waited).isTrue();
      assertThat(reply.path("result").path("tools").size()).isEqualTo(4);
    }
  }

  @Test
  void saysThatItsToolsCouldNotBeMadeReady() throws Exception {
    try (RunningServer server =
        RunningServer.startWith(
            CompletableFuture.failedFuture(new IllegalStateException("token=abc")))) {
      server.peer.greet().send(Peer.call("1", "fast", "{}"));

      JsonNode reply = server.peer.receive();

      assertThat(code(reply)).isEqualTo(-32603);
      assertThat(reply.toString()).doesNotContain("abc");
    }
  }

  @Test
  void finishesASlowCallAndLetsAFastOneOvertakeIt() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send(Peer.call("1", "slow", "{\"ms\":500}"), Peer.call("2", "fast", "{}"));

      List<Integer> order =
          List.of(
              server.peer.receive().path("id").asInt(), server.peer.receive().path("id").asInt());

      assertThat(order).containsExactly(2, 1);
    }
  }

  @Test
  void answersAmongGarbageEveryValidCallOnce() throws Exception {
    Random random = new Random(20_261_123);
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      List<String> expected = new ArrayList<>();
      List<String> answered = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        server.peer.sendBytes(Garbage.line(random));
        if (random.nextInt(4) == 0) {
          server.peer.send(Peer.call("\"ok-" + i + "\"", "fast", "{}"));
          expected.add("ok-" + i);
        }
        if (expected.size() - answered.size() > 20) {
          collect(server.peer, answered, expected.size() - 10);
        }
      }
      collect(server.peer, answered, expected.size());
      server.peer.close();

      assertThat(answered).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void finishesWhatIsInFlightWhenItIsStoppedAfterTheEndOfInput() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet().send(Peer.call("1", "slow", "{\"ms\":500}"));
      await(() -> !server.calls.requests.isEmpty());
      server.peer.close();
      server.server.stop();

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("result").path("isError").asBoolean(true)).isFalse();
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void interruptsWhatDoesNotEndWithinTheDrainAndStillAnswers() throws Exception {
    try (RunningServer server = RunningServer.startWithDrain(Duration.ofMillis(200))) {
      server.peer.greet().send(Peer.call("1", "slow", "{\"ms\":60000}"));
      server.peer.close();

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("result").path("structuredContent").path("code").asString())
          .isEqualTo("CANCELLED");
      assertThat(server.status()).isZero();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
  }

  private static void collect(Peer peer, List<String> answered, int atLeast) {
    while (answered.size() < atLeast) {
      String id = peer.receive().path("id").asString("");
      if (id.startsWith("ok-")) {
        answered.add(id);
      }
    }
  }

  private static int code(JsonNode frame) {
    return frame.path("error").path("code").asInt(0);
  }
}
