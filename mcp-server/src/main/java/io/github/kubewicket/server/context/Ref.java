package io.github.kubewicket.server.context;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an object is called.
final class Ref {
  private Ref() {}

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  /// `Kind/name`.
  static String of(JsonNode object) {
    return object.path("kind").asString("") + "/" + name(object);
  }

  /// The reference to its controller.
  static Optional<JsonNode> controller(JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }
}
