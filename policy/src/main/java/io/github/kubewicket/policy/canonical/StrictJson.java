package io.github.kubewicket.policy.canonical;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON that has been signed or hashed: a duplicate key, anything after the value, and deep
/// nesting are refused, because two readers could understand such a text differently.
public final class StrictJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(100).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /// An empty object to fill.
  public static ObjectNode newObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// The object that the text spells; empty where it is not exactly one JSON object.
  public static Optional<ObjectNode> object(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /// The object that the text spells, where the text is also its canonical form.
  public static Optional<ObjectNode> canonicalObject(String text) {
    return object(text).filter(object -> isSpelling(text, object));
  }

  private static boolean isSpelling(String text, ObjectNode object) {
    try {
      return CanonicalJson.text(object).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
