package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Frames;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.RequestId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import tools.jackson.databind.node.ObjectNode;

/// The answer to one HTTP request: one whole body, or a stream of events. Every write has a bound
/// in time, so that a client that does not read holds nothing for long.
final class Reply {
  private static final int WRITE_SECONDS = 15;
  private static final byte[] NOTHING = {};

  private final Response response;
  private boolean streaming;

  /// Nothing is sent yet.
  Reply(Response response) {
    this.response = response;
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
  }

  /// Adds a header to what is not sent yet.
  Reply header(String name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  /// Whether a stream of events has begun.
  boolean streaming() {
    return streaming;
  }

  /// Sends no body.
  void empty(int status) throws IOException {
    response.setStatus(status);
    write(true, NOTHING);
  }

  /// Sends JSON.
  void json(int status, ObjectNode body) throws IOException {
    bytes(status, "application/json", Json.bytes(body));
  }

  /// Sends a text.
  void text(int status, String type, String body) throws IOException {
    bytes(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends an error of JSON-RPC, with the status that belongs to it.
  void failure(Optional<RequestId> id, Answer.Failure failure) throws IOException {
    json(failure.status(), Frames.error(id, failure));
  }

  /// Sends an error of JSON-RPC that has no request.
  void refuse(int status, String message) throws IOException {
    failure(Optional.empty(), new Answer.Failure(status, Answer.INVALID_REQUEST, message));
  }

  /// Begins a stream of events.
  void stream() throws IOException {
    if (!streaming) {
      streaming = true;
      response.setStatus(200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
      // Proxies that hold events back would hold back what a person waits for.
      response.getHeaders().put("X-Accel-Buffering", "no");
      write(false, NOTHING);
    }
  }

  /// Sends an event, whole, with its empty line.
  void event(String event) throws IOException {
    stream();
    write(false, event.getBytes(StandardCharsets.UTF_8));
  }

  /// Ends a stream.
  void end() throws IOException {
    write(true, NOTHING);
  }

  private void bytes(int status, String type, byte[] body) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    write(true, body);
  }

  private void write(boolean last, byte[] bytes) throws IOException {
    try (Blocker.Callback blocker = Blocker.callback()) {
      response.write(last, ByteBuffer.wrap(bytes), blocker);
      blocker.block(WRITE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the client does not read", e);
    }
  }
}
