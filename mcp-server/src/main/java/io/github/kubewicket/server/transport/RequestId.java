package io.github.kubewicket.server.transport;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// A JSON-RPC request id as MCP allows it: a text or a whole number, never null.
///
/// @param value a `String` or a `Long`
/// @param key the JSON text, so that `1` and `"1"` are two ids
record RequestId(Object value, String key) {
  private static final int MAX_LENGTH = 256;

  /// The id, unless it is missing or of a type or length that no client needs.
  static Optional<RequestId> of(JsonNode node) {
    if (node.isString() && node.asString().length() <= MAX_LENGTH) {
      return Optional.of(new RequestId(node.asString(), node.toString()));
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(new RequestId(node.asLong(), Long.toString(node.asLong())));
    }
    return Optional.empty();
  }

  /// The id that has this value.
  ///
  /// @param value a `String` or a `Long`
  static RequestId of(Object value) {
    return new RequestId(
        value,
        value instanceof String text ? StringNode.valueOf(text).toString() : value.toString());
  }
}
