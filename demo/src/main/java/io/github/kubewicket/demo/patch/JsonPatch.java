package io.github.kubewicket.demo.patch;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON patch, RFC 6902: `add`, `replace`, `remove`, `test`, `copy`.
final class JsonPatch {
  /// The API server's own limit on operations in one patch.
  private static final int MAX_OPERATIONS = 10_000;

  private JsonPatch() {}

  static Outcome<JsonNode> apply(JsonNode target, JsonNode operations) {
    if (!operations.isArray() || operations.size() > MAX_OPERATIONS) {
      return Outcome.refused(Status.badRequest("a JSON patch is a list of at most 10000 objects"));
    }
    JsonNode root = target.deepCopy();
    for (JsonNode operation : operations) {
      if (!step(root, operation)) {
        return Outcome.refused(Status.rejected());
      }
    }
    return Outcome.done(root);
  }

  private static boolean step(JsonNode root, JsonNode operation) {
    String path = Json.text(operation, "path");
    if (!path.startsWith("/")) {
      return false;
    }
    int cut = path.lastIndexOf('/');
    JsonNode parent = root.at(path.substring(0, cut));
    String last = path.substring(cut + 1).replace("~1", "/").replace("~0", "~");
    JsonNode value = operation.path("value");
    return switch (Json.text(operation, "op")) {
      case "add" -> put(parent, last, value, true);
      case "replace" -> put(parent, last, value, false);
      case "remove" -> remove(parent, last);
      case "test" -> root.at(path).equals(value);
      case "copy" -> {
        JsonNode from = root.at(Json.text(operation, "from"));
        yield put(parent, last, from, true);
      }
      default -> false;
    };
  }

  private static boolean put(JsonNode parent, String last, JsonNode value, boolean add) {
    if (value.isMissingNode()) {
      return false;
    }
    if (parent instanceof ObjectNode object && (add || object.has(last))) {
      object.set(last, value.deepCopy());
      return true;
    }
    if (parent instanceof ArrayNode list) {
      int index = index(list, last);
      if (add && index >= 0 && index <= list.size()) {
        list.insert(index, value.deepCopy());
        return true;
      }
      if (!add && index >= 0 && index < list.size()) {
        list.set(index, value.deepCopy());
        return true;
      }
    }
    return false;
  }

  private static boolean remove(JsonNode parent, String last) {
    if (parent instanceof ObjectNode object && object.has(last)) {
      object.remove(last);
      return true;
    }
    if (parent instanceof ArrayNode list) {
      int index = index(list, last);
      if (index >= 0 && index < list.size()) {
        list.remove(index);
        return true;
      }
    }
    return false;
  }

  private static int index(ArrayNode list, String last) {
    if (last.equals("-")) {
      return list.size();
    }
    return last.matches("[0-9]{1,6}") ? Integer.parseInt(last) : -1;
  }
}
