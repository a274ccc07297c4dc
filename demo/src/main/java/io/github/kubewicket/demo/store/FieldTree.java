package io.github.kubewicket.demo.store;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.patch.MergeKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Sets of fields in the `FieldsV1` notation: `f:` and a field, `k:` and the keys of a list
/// element.
final class FieldTree {
  private static final Set<String> NOT_OWNED =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink");

  private FieldTree() {}

  /// The fields that differ, or are new, in the second object.
  static ObjectNode changed(JsonNode before, JsonNode after) {
    ObjectNode tree = Json.object();
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      String name = field.getKey();
      if (name.equals("apiVersion") || name.equals("kind")) {
        continue;
      }
      JsonNode old = before.path(name);
      JsonNode now = field.getValue();
      if (name.equals("metadata")) {
        now = now.isObject() ? ((ObjectNode) now.deepCopy()).remove(NOT_OWNED) : now;
        old = old.isObject() ? ((ObjectNode) old.deepCopy()).remove(NOT_OWNED) : old;
      }
      descend(tree, "f:" + name, name, old, now);
    }
    return tree;
  }

  private static void descend(
      ObjectNode tree, String step, String name, JsonNode old, JsonNode now) {
    if (now.equals(old)) {
      return;
    }
    Map<String, JsonNode> parts = parts(name, now);
    if (parts.isEmpty()) {
      tree.putObject(step);
      return;
    }
    ObjectNode below = Json.object();
    if (old.isMissingNode() && step.startsWith("k:")) {
      below.putObject(".");
    }
    Map<String, JsonNode> olds = parts(name, old);
    parts.forEach((part, value) -> {
      JsonNode before = olds.getOrDefault(part, Json.NODES.missingNode());
      descend(below, part, part.startsWith("f:") ? part.substring(2) : "", before, value);
    });
    if (!below.isEmpty()) {
      tree.set(step, below);
    }
  }

  /// Takes the fields of the second tree out of the first.
  static void subtract(ObjectNode tree, JsonNode taken) {
    for (Map.Entry<String, JsonNode> step : taken.properties()) {
      JsonNode mine = tree.path(step.getKey());
      if (mine instanceof ObjectNode below && !below.isEmpty() && !step.getValue().isEmpty()) {
        subtract(below, step.getValue());
        if (below.isEmpty()) {
          tree.remove(step.getKey());
        }
      } else if (mine.isObject() && step.getValue().isEmpty()) {
        tree.remove(step.getKey());
      }
    }
  }

  /// Puts the fields of the second tree into the first.
  static void add(ObjectNode tree, JsonNode more) {
    for (Map.Entry<String, JsonNode> step : more.properties()) {
      if (tree.get(step.getKey()) instanceof ObjectNode below) {
        add(below, step.getValue());
      } else {
        tree.set(step.getKey(), step.getValue().deepCopy());
      }
    }
  }

  /// Leaves only the fields that the object has.
  static void retain(ObjectNode tree, String name, JsonNode object) {
    Map<String, JsonNode> parts = parts(name, object);
    for (String step : tree.propertyNames().toArray(String[]::new)) {
      JsonNode part = parts.get(step);
      if (part == null && !step.equals(".")) {
        tree.remove(step);
      } else if (part != null && tree.get(step) instanceof ObjectNode below && !below.isEmpty()) {
        retain(below, step.startsWith("f:") ? step.substring(2) : "", part);
        if (below.isEmpty()) {
          tree.remove(step);
        }
      }
    }
  }

  private static Map<String, JsonNode> parts(String name, JsonNode value) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    if (value.isObject()) {
      value.properties().forEach(field -> parts.put("f:" + field.getKey(), field.getValue()));
    } else if (value instanceof ArrayNode list) {
      Optional<String> key = MergeKeys.of(name, list);
      if (key.isPresent()) {
        for (JsonNode element : list) {
          ObjectNode id = Json.object();
          id.set(key.get(), element.path(key.get()));
          if (name.equals("ports")) {
            id.set("protocol", element.path("protocol"));
          }
          parts.put("k:" + id, element);
        }
      }
    }
    return parts;
  }
}
