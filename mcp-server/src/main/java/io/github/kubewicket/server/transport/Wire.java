package io.github.kubewicket.server.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The way out: whole frames, one a line, never interleaved. Once the other side is gone it is
/// silent.
final class Wire {
  private final OutputStream out;
  private final Runnable whenBroken;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean broken;

  /// Writes to `out`, which nothing else may write to; runs `whenBroken` once if that fails.
  Wire(OutputStream out, Runnable whenBroken) {
    this.out = out;
    this.whenBroken = whenBroken;
  }

  private void send(ObjectNode message) {
    byte[] frame = (Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (!broken) {
        out.write(frame);
        out.flush();
      }
    } catch (IOException e) {
      broken = true;
      whenBroken.run();
    } finally {
      lock.unlock();
    }
  }

  /// Sends a result.
  void result(RequestId id, JsonNode result) {
    ObjectNode frame = frame(Optional.of(id));
    frame.set("result", result);
    send(frame);
  }

  /// Sends a notification.
  void notification(String method, JsonNode params) {
    ObjectNode frame =
        JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
    frame.set("params", params);
    send(frame);
  }

  /// Sends an error; its id is null where the request's is not known, as JSON-RPC 2.0 asks.
  void error(Optional<RequestId> id, int code, String message) {
    ObjectNode frame = frame(id);
    frame.putObject("error").put("code", code).put("message", message);
    send(frame);
  }

  private static ObjectNode frame(Optional<RequestId> id) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    return frame.set("id", id.map(RequestId::json).orElse(JsonNodeFactory.instance.nullNode()));
  }
}
