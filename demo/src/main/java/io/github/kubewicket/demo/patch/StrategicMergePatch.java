package io.github.kubewicket.demo.patch;

import io.github.kubewicket.demo.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Strategic merge patch: as a merge patch, but lists with a merge key are merged element by
/// element, and `finalizers` is a set. `$patch` directives: `replace` on maps and lists, `delete`
/// on elements.
final class StrategicMergePatch {
  private static final String DIRECTIVE = "$patch";

  private StrategicMergePatch() {}

  static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch.deepCopy();
    }
    boolean replace = Json.text(changes, DIRECTIVE).equals("replace");
    ObjectNode result =
        target instanceof ObjectNode object && !replace ? object.deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String field = change.getKey();
      JsonNode value = change.getValue();
      if (field.startsWith("$")) {
        continue;
      }
      if (value.isNull()) {
        result.remove(field);
      } else if (value instanceof ArrayNode list) {
        result.set(field, merge(field, result.path(field), list));
      } else {
        result.set(field, apply(result.path(field), value));
      }
    }
    return result;
  }

  private static JsonNode merge(String field, JsonNode old, ArrayNode patch) {
    if (field.equals("finalizers")) {
      return union(old, patch);
    }
    List<ObjectNode> changes = new ArrayList<>(Json.objects(patch));
    boolean replace =
        changes.removeIf(
            change -> change.size() == 1 && Json.text(change, DIRECTIVE).equals("replace"));
    ArrayNode meant = Json.array().addAll(changes);
    Optional<String> key =
        changes.size() == patch.size() ? MergeKeys.of(field, meant) : Optional.empty();
    if (replace || key.isEmpty() || !old.isArray()) {
      return changes.isEmpty() && !replace ? patch.deepCopy() : applied(changes);
    }
    List<JsonNode> result = new ArrayList<>();
    old.forEach(result::add);
    for (ObjectNode change : changes) {
      mergeElement(result, change, key.get());
    }
    return Json.array().addAll(result);
  }

  private static void mergeElement(List<JsonNode> result, ObjectNode change, String key) {
    int at = -1;
    for (int i = 0; i < result.size(); i++) {
      if (result.get(i).path(key).equals(change.path(key))) {
        at = i;
      }
    }
    boolean delete = Json.text(change, DIRECTIVE).equals("delete");
    if (at >= 0 && delete) {
      result.remove(at);
    } else if (at >= 0) {
      result.set(at, apply(result.get(at), change));
    } else if (!delete) {
      result.add(apply(Json.object(), change));
    }
  }

  private static ArrayNode applied(List<ObjectNode> changes) {
    ArrayNode list = Json.array();
    changes.forEach(change -> list.add(apply(Json.object(), change)));
    return list;
  }

  private static ArrayNode union(JsonNode old, ArrayNode patch) {
    ArrayNode result = Json.array();
    old.forEach(result::add);
    for (JsonNode value : patch) {
      if (!result.valueStream().anyMatch(value::equals)) {
        result.add(value);
      }
    }
    return result;
  }
}
