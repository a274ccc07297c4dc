package io.github.kubewicket.server.tools.policy;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// Counts what an answer costs.
final class Sizes {
  private Sizes() {}

  /// The bytes of a value as compact JSON.
  static int of(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
