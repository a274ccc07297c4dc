package io.github.kubewicket.server.protocol;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON-RPC 2.0 envelopes.
public final class Frames {
  private Frames() {}

  /// A result.
  public static ObjectNode result(RequestId id, JsonNode result) {
    ObjectNode frame = envelope(Optional.of(id));
    frame.set("result", result);
    return frame;
  }

  /// An error; its id is null where the request's is not known, as JSON-RPC 2.0 asks.
  public static ObjectNode error(Optional<RequestId> id, Answer.Failure failure) {
    ObjectNode frame = envelope(id);
    ObjectNode error =
        frame.putObject("error").put("code", failure.code()).put("message", failure.message());
    failure.data().ifPresent(data -> error.set("data", data));
    return frame;
  }

  /// A notification.
  public static ObjectNode notification(String method, ObjectNode params) {
    ObjectNode frame = method(method);
    frame.set("params", params);
    return frame;
  }

  /// A question to the client.
  public static ObjectNode request(RequestId id, String method, ObjectNode params) {
    ObjectNode frame = envelope(Optional.of(id)).put("method", method);
    frame.set("params", params);
    return frame;
  }

  private static ObjectNode method(String method) {
    return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
  }

  private static ObjectNode envelope(Optional<RequestId> id) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    return frame.set("id", id.map(RequestId::json).orElse(JsonNodeFactory.instance.nullNode()));
  }
}
