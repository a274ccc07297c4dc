package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The events of a stream as a client reads them.
final class Events implements AutoCloseable {
  private static final String END = "end";

  private final InputStream in;
  private final BlockingQueue<String> data = new LinkedBlockingQueue<>();

  Events(InputStream in) {
    this.in = in;
    Thread.ofVirtual().start(this::read);
  }

  /// The next message.
  JsonNode next() throws InterruptedException {
    return Json.read(nextData());
  }

  /// The data of the next event.
  String nextData() throws InterruptedException {
    String line = data.poll(10, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new AssertionError(line == null ? "no event within 10 s" : "the stream has ended");
    }
    return line;
  }

  /// Whether the stream ends without another event.
  boolean ends() throws InterruptedException {
    return END.equals(data.poll(10, TimeUnit.SECONDS));
  }

  /// Whether nothing comes for a while.
  boolean silentFor(long ms) throws InterruptedException {
    return data.poll(ms, TimeUnit.MILLISECONDS) == null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          data.add(line.substring("data: ".length()));
        }
      }
    } catch (IOException e) {
      // The same to a client as an end.
    } finally {
      data.add(END);
    }
  }
}
