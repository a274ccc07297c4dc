package io.github.kubewicket.server.context;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// Label selectors as objects hold them (`matchLabels`, `matchExpressions`; a Service's plain map),
/// after k8s.io/apimachinery `meta/v1` LabelSelector.
final class Selectors {
  private Selectors() {}

  /// The strings of an object, such as labels.
  static Map<String, String> strings(JsonNode map) {
    Map<String, String> strings = new HashMap<>();
    map.properties().forEach(entry -> strings.put(entry.getKey(), entry.getValue().asString("")));
    return Map.copyOf(strings);
  }

  /// Whether a LabelSelector takes these labels.
  ///
  /// @param emptyTakesAll what `{}` means, which differs between versions; an absent one takes
  ///   nothing
  static boolean takes(JsonNode selector, Map<String, String> labels, boolean emptyTakesAll) {
    if (!selector.isObject()) {
      return false;
    }
    JsonNode equal = selector.path("matchLabels");
    JsonNode expressions = selector.path("matchExpressions");
    if (equal.isEmpty() && expressions.isEmpty()) {
      return emptyTakesAll;
    }
    if (!holds(equal, labels)) {
      return false;
    }
    for (JsonNode expression : expressions) {
      if (!takes(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a plain map of labels, as Services have it, takes these; an empty one takes nothing.
  static boolean takesPlain(JsonNode selector, Map<String, String> labels) {
    return !selector.isEmpty() && holds(selector, labels);
  }

  /// A LabelSelector, or a plain map, in kubectl's syntax; empty where it takes nothing or all.
  static String text(JsonNode selector) {
    StringJoiner terms = new StringJoiner(",");
    boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
    JsonNode equal = structured ? selector.path("matchLabels") : selector;
    equal
        .properties()
        .forEach(label -> terms.add(label.getKey() + "=" + label.getValue().asString("")));
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = expression.path("key").asString("");
      StringJoiner values = new StringJoiner(",", "(", ")");
      expression.path("values").forEach(value -> values.add(value.asString("")));
      terms.add(
          switch (expression.path("operator").asString("")) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            default -> key;
          });
    }
    return terms.toString();
  }

  private static boolean holds(JsonNode wanted, Map<String, String> labels) {
    for (Map.Entry<String, JsonNode> label : wanted.properties()) {
      if (!label.getValue().asString("").equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(JsonNode expression, Map<String, String> labels) {
    String value = labels.get(expression.path("key").asString(""));
    boolean listed = false;
    for (JsonNode one : expression.path("values")) {
      listed |= one.asString("").equals(value);
    }
    return switch (expression.path("operator").asString("")) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      // An operator from the future: what it may select is looked at.
      default -> true;
    };
  }
}
