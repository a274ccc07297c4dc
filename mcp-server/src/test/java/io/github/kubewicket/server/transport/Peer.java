package io.github.kubewicket.server.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The client's end of a line: it writes lines and takes frames. Every line that comes has to be a
/// JSON text.
final class Peer {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"peer","version":"1"}}}\
      """;
  static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}\
      """;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final OutputStream toServer;
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Peer(OutputStream toServer, InputStream fromServer) {
    this.toServer = toServer;
    Thread.ofPlatform().daemon().start(() -> collect(fromServer));
  }

  static String call(String id, String tool, String arguments) {
    return """
    {"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":"%s","arguments":%s}}\
    """
        .formatted(id, tool, arguments);
  }

  static String cancel(String id) {
    return """
    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s}}\
    """
        .formatted(id);
  }

  Peer send(String... lines) throws IOException {
    return sendBytes((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Peer sendBytes(byte[] bytes) throws IOException {
    toServer.write(bytes);
    toServer.flush();
    return this;
  }

  /// Initializes, and takes the reply away.
  Peer greet() throws IOException {
    send(INITIALIZE, INITIALIZED);
    receive();
    return this;
  }

  void close() throws IOException {
    toServer.close();
  }

  /// The next frame.
  JsonNode receive() {
    try {
      String frame = frames.poll(20, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame within 20 s");
      }
      return MAPPER.readTree(frame);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Whether nothing comes for a while.
  boolean silentFor(long ms) throws InterruptedException {
    return frames.poll(ms, TimeUnit.MILLISECONDS) == null;
  }

  /// All frames that are left until the server closes its output.
  List<JsonNode> rest() throws InterruptedException {
    if (!ended.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not close its output within 20 s");
    }
    return frames.stream().map(MAPPER::readTree).toList();
  }

  private void collect(InputStream fromServer) {
    try (var reader =
        new BufferedReader(new InputStreamReader(fromServer, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        frames.add(line);
      }
    } catch (IOException e) {
      // The server is gone; a test that waits for more will say so.
    } finally {
      ended.countDown();
    }
  }
}
