package io.github.kubewicket.server.e2e;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// What the server answered to `tools/call`.
///
/// @param line the whole line, as it came over standard output
/// @param message the JSON-RPC message in it
record Reply(String line, JsonNode message) {
  boolean failed() {
    return message.has("error") || message.path("result").path("isError").asBoolean(false);
  }

  String text() {
    return message.path("result").path("content").path(0).path("text").asString("");
  }

  JsonNode structured() {
    return message.path("result").path("structuredContent");
  }

  /// The machine-readable code of a refusal, empty where there is none.
  String code() {
    return field("code");
  }

  /// The verdict of a change, such as `verified`; empty where it did not come to one.
  String result() {
    return field("result");
  }

  String field(String name) {
    return structured().path(name).asString("");
  }

  /// The size of what the model gets: text and structure.
  int bytes() {
    return text().getBytes(StandardCharsets.UTF_8).length
        + (structured().isMissingNode()
            ? 0
            : structured().toString().getBytes(StandardCharsets.UTF_8).length);
  }
}
