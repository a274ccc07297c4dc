package io.github.kubewicket.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StdioProcessTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void keepsStandardOutputToTheProtocolWhateverPrints() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, "-XX:AOTCache=missing.aot")) {
      server.peer.greet().send(Peer.call("1", "printing", "{}"));
      JsonNode reply = server.peer.receive();
      server.peer.close();

      assertThat(reply.path("id").asInt()).isEqualTo(1);
      assertThat(server.status()).isZero();
      assertThat(server.peer.rest()).isEmpty();
      assertThat(server.log())
          .contains("printed before anything else", "that prints")
          .contains("[aot]");
    }
  }

  @Test
  void answersWhatIsInFlightAtTheEndOfInputAndExits() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.peer.greet().send(Peer.call("1", "slow", "{\"ms\":1000}"));
      server.peer.close();

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("id").asInt()).isEqualTo(1);
      assertThat(server.status()).isZero();
    }
  }

  @Test
  void exitsWhenAllItEverSawWasARequestBeforeInitialize() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").close();

      JsonNode reply = server.peer.receive();

      assertThat(reply.path("error").path("code").asInt()).isEqualTo(-32600);
      assertThat(server.status()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void finishesTheCallInFlightOnASignal(String signal) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.peer.greet();
      server.peer.send(withProgress(Peer.call("1", "slow", "{\"ms\":1500}")));
      JsonNode progress = server.peer.receive();
      server.signal(signal);
      Thread.sleep(300);
      server.peer.send(Peer.call("2", "fast", "{}"));

      List<JsonNode> frames = List.of(server.peer.receive(), server.peer.receive());

      assertThat(progress.path("method").asString()).isEqualTo("notifications/progress");
      assertThat(frames.get(0).path("error").path("message").asString())
          .isEqualTo("The server is stopping.");
      assertThat(frames.get(1).path("result").path("isError").asBoolean(true)).isFalse();
      assertThat(server.status()).isZero();
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void interruptsTheCallInFlightOnASecondSignal() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.peer.greet();
      server.peer.send(withProgress(Peer.call("1", "slow", "{\"ms\":60000}")));
      server.peer.receive();
      server.signal("TERM");
      Thread.sleep(300);
      server.signal("TERM");

      JsonNode lastProgress = server.peer.receive();
      JsonNode reply = server.peer.receive();

      assertThat(lastProgress.path("params").path("message").asString())
          .isEqualTo("too late to tell");
      assertThat(reply.path("result").path("structuredContent").path("code").asString())
          .isEqualTo("CANCELLED");
      assertThat(server.status()).isZero();
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void endsQuietlyWhenNobodyReadsItsOutputAnyMore() throws Exception {
    try (ServerProcess server = ServerProcess.startForAReaderOfOneLine(folder)) {
      server.peer.greet();
      // The reader is gone by now or will be soon; the input stays open until the server ends.
      try {
        for (int i = 0; i < 200 && server.process.isAlive(); i++) {
          server.peer.send(Peer.call("" + i, "fast", "{}"));
          Thread.sleep(50);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("pipe");
      }

      assertThat(server.status()).isZero();
      assertThat(server.log()).isEqualTo("printed before anything else\n");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void skipsALineOfFiftyMegabytesWithoutHoldingIt() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.peer.greet().send(Peer.call("0", "fast", "{}"));
      server.peer.receive();
      long before = server.peakKib();
      byte[] chunk = new byte[MIB];
      Arrays.fill(chunk, (byte) 'x');
      for (int i = 0; i < 50; i++) {
        server.peer.sendBytes(chunk);
      }
      server.peer.send("", Peer.call("1", "fast", "{}"));

      JsonNode error = server.peer.receive();
      JsonNode reply = server.peer.receive();

      assertThat(error.path("error").path("code").asInt()).isEqualTo(-32700);
      assertThat(error.path("error").path("message").asString()).contains("1048576 bytes");
      assertThat(reply.path("id").asInt()).isEqualTo(1);
      assertThat(server.peakKib() - before).isLessThan(20_000);
    }
  }

  @Test
  void survivesAsManyHungryCallsAsItAdmitsInItsSmallHeap() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.peer.greet();
      String hungry = "[" + "[],".repeat(10_000) + "[]]";
      for (int i = 0; i < 200; i++) {
        server.peer.send(Peer.call("" + i, "slow", "{\"ms\":60000,\"x\":" + hungry + "}"));
      }
      server.peer.send("{\"jsonrpc\":\"2.0\",\"id\":\"alive\",\"method\":\"ping\"}");
      JsonNode frame = server.peer.receive();
      while (frame.has("error")) {
        frame = server.peer.receive();
      }

      assertThat(frame.path("id").asString()).isEqualTo("alive");
      assertThat(server.log()).doesNotContain("OutOfMemory");
    }
  }

  private static String withProgress(String call) {
    return call.replace("\"name\"", "\"_meta\":{\"progressToken\":1},\"name\"");
  }
}
