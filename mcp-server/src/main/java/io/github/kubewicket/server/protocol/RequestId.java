package io.github.kubewicket.server.protocol;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A JSON-RPC request id as MCP allows it: a text or a whole number, never null. Two ids are equal
/// if type and value are, so `1` and `"1"` differ.
///
/// @param value a `String` or a `Long`
public record RequestId(Object value) {
  private static final int MAX_LENGTH = 256;

  /// The id, unless it is missing or of a type or length that no client needs.
  public static Optional<RequestId> of(JsonNode node) {
    if (node.isString() && node.stringValue().length() <= MAX_LENGTH) {
      return Optional.of(new RequestId(node.stringValue()));
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(new RequestId(node.longValue()));
    }
    return Optional.empty();
  }

  /// The id as JSON.
  public JsonNode json() {
    return value instanceof String text
        ? JsonNodeFactory.instance.stringNode(text)
        : JsonNodeFactory.instance.numberNode((Long) value);
  }
}
