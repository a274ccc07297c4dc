package io.github.kubewicket.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CancellationTest {
  @Test
  void stopsTheCallAndKeepsItsReplyAndItsProgressBack() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send(
          Peer.call("1", "slow", "{\"ms\":60000}")
              .replace("\"name\"", "\"_meta\":{\"progressToken\":\"t\"},\"name\""));
      JsonNode progress = server.peer.receive();
      server.peer.send(Peer.cancel("1"));
      await(() -> !server.calls.interrupted.isEmpty());
      server.peer.send(Peer.call("2", "fast", "{}"));

      JsonNode next = server.peer.receive();

      assertThat(progress.path("params").path("progressToken").asString()).isEqualTo("t");
      assertThat(progress.path("params").path("message").asString()).isEqualTo("half way");
      assertThat(next.path("id").asInt()).isEqualTo(2);
      assertThat(server.peer.silentFor(100)).isTrue();
    }
  }

  @Test
  void ignoresACancelOfNothing() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.send(Peer.INITIALIZE, Peer.cancel("\"init\""), Peer.INITIALIZED);
      JsonNode greeting = server.peer.receive();
      server.peer.send(Peer.cancel("99"), Peer.cancel("{}"), Peer.cancel("null"));
      server.peer.send(Peer.call("1", "fast", "{}"));
      JsonNode first = server.peer.receive();
      server.peer.send(Peer.cancel("1"), Peer.call("2", "fast", "{}"));
      JsonNode second = server.peer.receive();

      assertThat(greeting.path("result").isObject()).isTrue();
      assertThat(first.path("result").isObject()).isTrue();
      assertThat(second.path("result").isObject()).isTrue();
    }
  }

  @Test
  void cancelsTheTextOneAndNotTheNumberOne() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send(Peer.call("1", "slow", "{\"ms\":300}"), Peer.cancel("\"1\""));

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("result").path("isError").asBoolean(true)).isFalse();
    }
  }

  @Test
  void cancelsInTheSameBreathWithoutHittingAnotherCall() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      List<Integer> answered = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        // The cancel races with the start of its call, and with the call after it.
        server.peer.send(
            Peer.call("\"c" + i + "\"", "slow", "{\"ms\":60000}"),
            Peer.cancel("\"c" + i + "\""),
            Peer.call(Integer.toString(i), "fast", "{}"));
        JsonNode reply = server.peer.receive();
        answered.add(reply.path("id").asInt(-1));
        assertThat(reply.path("result").path("isError").asBoolean(true)).isFalse();
      }
      server.peer.close();

      assertThat(answered).isSorted().hasSize(200).doesNotContain(-1);
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void racesACancelWithTheEndOfItsCallAndAnswersAtMostOnce() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      for (int i = 0; i < 300; i++) {
        server.peer.send(Peer.call(Integer.toString(i), "fast", "{}"), Peer.cancel("" + i));
      }
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":\"end\",\"method\":\"ping\"}");
      server.peer.close();
      server.status();
      server.close();
      List<String> ids =
          server.peer.rest().stream().map(frame -> frame.path("id").toString()).toList();

      assertThat(ids).doesNotHaveDuplicates().contains("\"end\"");
    }
  }

  @Test
  void refusesAnIdThatIsInFlightAndTakesItAgainLater() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      server.peer.send(Peer.call("1", "slow", "{\"ms\":400}"), Peer.call("1", "fast", "{}"));
      JsonNode refusal = server.peer.receive();
      JsonNode reply = server.peer.receive();

      assertThat(refusal.path("error").path("code").asInt()).isEqualTo(-32600);
      assertThat(reply.path("result").path("structuredContent").path("tool").asString())
          .isEqualTo("slow");
    }
  }

  @Test
  void refusesTheSixtyFifthCallAtATimeAndCancelledOnesCountUntilTheyEnd() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      for (int i = 0; i < 64; i++) {
        server.peer.send(Peer.call("" + i, "slow", "{\"ms\":60000}"));
      }
      server.peer.send(Peer.call("64", "fast", "{}"));
      JsonNode refusal = server.peer.receive();
      for (int i = 0; i < 64; i++) {
        server.peer.send(Peer.cancel("" + i));
      }
      server.peer.close();

      assertThat(refusal.path("error").path("message").asString())
          .isEqualTo("Too many calls in flight; wait for one to end.");
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void refusesCallsThatAreTooBigTogether() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      server.peer.greet();
      String big = "{\"ms\":60000,\"x\":\"" + "x".repeat(900_000) + "\"}";
      server.peer.send(Peer.call("1", "slow", big), Peer.call("2", "slow", big));
      server.peer.send(Peer.call("3", "slow", big));

      JsonNode refusal = server.peer.receive();
      server.peer.send(Peer.cancel("1"), Peer.cancel("2"));
      server.peer.close();

      assertThat(refusal.path("id").asInt()).isEqualTo(3);
      assertThat(refusal.path("error").path("code").asInt()).isEqualTo(-32603);
      assertThat(server.status()).isZero();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
