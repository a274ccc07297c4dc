package io.github.kubewicket.demo.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Readings that never fail and writings that make what is missing on the way.
public final class Json {
  /// The one mapper; it is immutable.
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Makes nodes.
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /// A new empty object.
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /// A new empty list.
  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /// The node at the path, or a missing node.
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode found = node;
    for (String step : path) {
      found = found.path(step);
    }
    return found;
  }

  /// The text at the path; numbers and booleans as text; empty where there is nothing.
  public static String text(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isValueNode() && !found.isNull() && !found.isMissingNode() ? found.asString() : "";
  }

  /// The whole number at the path, or the other value.
  public static int number(JsonNode node, int otherwise, String... path) {
    JsonNode found = at(node, path);
    return found.isIntegralNumber() ? found.asInt(otherwise) : otherwise;
  }

  /// True where the path holds `true`.
  public static boolean flag(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isBoolean() && found.asBoolean();
  }

  /// The time at the path (RFC 3339), or empty.
  public static Optional<Instant> time(JsonNode node, String... path) {
    String text = text(node, path);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// A time in the API's format: whole seconds, UTC.
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The elements of the list at the path that are objects; empty where there is no list.
  public static List<ObjectNode> objects(JsonNode node, String... path) {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode element : at(node, path)) {
      if (element instanceof ObjectNode object) {
        found.add(object);
      }
    }
    return found;
  }

  /// The first object in the list at the path that passes the test.
  public static Optional<ObjectNode> first(
      JsonNode node, Predicate<ObjectNode> test, String... path) {
    return objects(node, path).stream().filter(test).findFirst();
  }

  /// The object at the path; made, with all the objects above it, where it is missing.
  public static ObjectNode child(ObjectNode node, String... path) {
    ObjectNode found = node;
    for (String step : path) {
      if (found.get(step) instanceof ObjectNode next) {
        found = next;
      } else {
        found = found.putObject(step);
      }
    }
    return found;
  }

  /// Reads one object.
  ///
  /// @throws tools.jackson.core.JacksonException if the text is no JSON
  public static ObjectNode parse(String text) {
    return (ObjectNode) MAPPER.readTree(text);
  }

  /// Reads a JSON file that belongs to the given class.
  public static JsonNode resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is not in the jar");
      }
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
