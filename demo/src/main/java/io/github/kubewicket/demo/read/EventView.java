package io.github.kubewicket.demo.read;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The same events under `events.k8s.io/v1`, which names some fields differently.
final class EventView {
  private static final Map<String, String> RENAMED =
      Map.of(
          "involvedObject",
          "regarding",
          "message",
          "note",
          "source",
          "deprecatedSource",
          "firstTimestamp",
          "deprecatedFirstTimestamp",
          "lastTimestamp",
          "deprecatedLastTimestamp",
          "count",
          "deprecatedCount",
          "reportingComponent",
          "reportingController");

  private EventView() {}

  /// The stored object as this kind shows it.
  static ObjectNode of(Kind kind, ObjectNode stored) {
    if (kind.storedAs().equals(kind.resource())) {
      return stored;
    }
    ObjectNode view = Json.object();
    for (Map.Entry<String, JsonNode> field : stored.properties()) {
      view.set(RENAMED.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    return view.put("apiVersion", kind.apiVersion());
  }
}
