package io.github.kubewicket.server.tools.read;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Counts what an answer costs: bytes of UTF-8 JSON.
final class Sizes {
  /// Kept free in every answer for what is added last.
  static final int MARGIN = 64;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Sizes() {}

  /// The bytes of a value as compact JSON.
  static int of(JsonNode node) {
    return JSON.writeValueAsBytes(node).length;
  }

  /// The bytes of a text.
  static int of(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// `512 B`, `3.2 KB`.
  static String shown(long bytes) {
    return bytes < 1_000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f KB", bytes / 1_000.0);
  }
}
