package io.github.kubewicket.server.tools.policy;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes an answer fit its budget: labels go first, then the ends of the longest lists. Whoever
/// owns what is listed can make it long, so nothing else about an answer may depend on its length.
final class Fitted {
  private Fitted() {}

  /// Shortens the structure in place until it and the text are within the budget; `truncated` then
  /// says so. What no list holds is bounded where it is made.
  ///
  /// @param budget in bytes of UTF-8
  static void fit(String text, ObjectNode structured, int budget) {
    int room = budget - size(text);
    if (size(structured.toString()) <= room) {
      return;
    }
    structured.put("truncated", true);
    for (ObjectNode object : structured.path("around").valueStream().flatMap(Fitted::object).toList()) {
      if (size(structured.toString()) > room) {
        object.remove("labels");
      }
    }
    Optional<ArrayNode> longest = longest(structured);
    while (size(structured.toString()) > room && longest.isPresent()) {
      longest.get().remove(longest.get().size() - 1);
      longest = longest(structured);
    }
  }

  /// The list that takes most space; empty where none has anything left.
  private static Optional<ArrayNode> longest(ObjectNode structured) {
    return Stream.concat(
            structured.valueStream(), structured.path("around").valueStream())
        .filter(node -> node.isArray() && !node.isEmpty())
        .map(ArrayNode.class::cast)
        .max(Comparator.comparingInt(array -> array.toString().length()));
  }

  private static Stream<ObjectNode> object(JsonNode node) {
    return node instanceof ObjectNode object ? Stream.of(object) : Stream.empty();
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
