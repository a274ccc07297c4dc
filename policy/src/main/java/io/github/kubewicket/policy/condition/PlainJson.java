package io.github.kubewicket.policy.condition;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON as CEL's own values: maps, lists, strings, `Long`, `Double`, booleans and CEL's null.
///
/// CEL takes neither a Java null (it answers with a set of unknowns, and throws nothing) nor an
/// `Integer` (it finds no overload), so neither leaves here.
final class PlainJson {
  private static final int DEEPEST = 100;
  private static final int LARGEST = 200_000;

  private int values;

  private PlainJson() {}

  /// The value of a node.
  ///
  /// @throws IllegalArgumentException when it holds an integer outside 64 bits, is nested deeper
  ///   than 100 levels or has more than 200,000 values; one clause for people
  static Object of(JsonNode node) {
    return new PlainJson().value(node, 0);
  }

  private Object value(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("it is nested deeper than " + DEEPEST + " levels");
    }
    if (++values > LARGEST) {
      throw new IllegalArgumentException("it has more than " + LARGEST + " values");
    }
    return switch (node.getNodeType()) {
      case OBJECT -> map(node, depth);
      case ARRAY -> list(node, depth);
      case STRING -> node.asString();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case NULL -> NullValue.NULL_VALUE;
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("it holds a value that JSON does not have");
    };
  }

  private Map<String, Object> map(JsonNode node, int depth) {
    Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      map.put(entry.getKey(), value(entry.getValue(), depth + 1));
    }
    return map;
  }

  private List<Object> list(JsonNode node, int depth) {
    List<Object> list = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      list.add(value(element, depth + 1));
    }
    return list;
  }

  private static Object number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      return fraction(node);
    }
    if (!node.canConvertToLong()) {
      throw new IllegalArgumentException("it holds an integer outside 64 bits");
    }
    return node.longValue();
  }

  private static double fraction(JsonNode node) {
    try {
      double fraction = node.doubleValue();
      if (Double.isFinite(fraction)) {
        return fraction;
      }
      throw new IllegalArgumentException("it holds a number that is too large");
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it holds a number that is too large", e);
    }
  }
}
