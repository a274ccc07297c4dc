package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.server.cluster.Untrusted;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes a value fit a number of bytes without cutting anything in silence: what is too large is
/// replaced by `{"…": "3.2 KB at path spec.template"}`, so that it can be asked for. Small parts
/// stay whole; the room goes evenly to the large ones.
final class Fold {
  /// Stands where something was folded.
  static final String MARK = "…";

  private static final int SMALLEST = 160;

  /// Each level is measured again; nobody reads objects deeper than this.
  private static final int DEEPEST = 30;

  private int folded;

  /// How many places were folded.
  int folded() {
    return folded;
  }

  /// The value itself, or one of at most `room` bytes.
  JsonNode fit(JsonNode value, String path, int room) {
    return fit(value, path, room, 0);
  }

  private JsonNode fit(JsonNode value, String path, int room, int depth) {
    int size = Sizes.of(value);
    if (size <= room) {
      return value;
    }
    if (value instanceof StringNode text) {
      return clipped(text.stringValue(), room);
    }
    if (!value.isContainer() || room < SMALLEST || value.isEmpty() || depth > DEEPEST) {
      return marker(Sizes.shown(size) + " at path " + path);
    }
    return value.isArray() ? array(value, path, room, depth) : object(value, path, room, depth);
  }

  private JsonNode object(JsonNode value, String path, int room, int depth) {
    int[] sizes =
        value.properties().stream()
            .mapToInt(field -> Sizes.of(field.getKey()) + 4 + Sizes.of(field.getValue()))
            .toArray();
    int share = share(sizes, room - 2);
    ObjectNode fit = JsonNodeFactory.instance.objectNode();
    int left = room - 2;
    int count = 0;
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = field.getKey();
      int key = Sizes.of(name) + 4;
      JsonNode part =
          fit(
              field.getValue(),
              FieldPath.below(path, new FieldPath.Step.Key(name)),
              share - key,
              depth + 1);
      int size = key + Sizes.of(part);
      if (size > left - (count < value.size() - 1 ? SMALLEST : 0)) {
        folded++;
        fit.put(
            MARK, value.size() - count + " more of " + value.size() + " fields at path " + path);
        return fit;
      }
      left -= size;
      count++;
      fit.set(name, part);
    }
    return fit;
  }

  private JsonNode array(JsonNode value, String path, int room, int depth) {
    int[] sizes = new int[value.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Sizes.of(value.path(i)) + 1;
    }
    int share = share(sizes, room - 2);
    ArrayNode fit = JsonNodeFactory.instance.arrayNode();
    int left = room - 2;
    for (int i = 0; i < sizes.length; i++) {
      JsonNode part =
          fit(
              value.path(i),
              FieldPath.below(path, new FieldPath.Step.Index(i)),
              share - 1,
              depth + 1);
      int size = Sizes.of(part) + 1;
      if (size > left - (i < sizes.length - 1 ? SMALLEST : 0)) {
        fit.add(
            marker(
                (sizes.length - i)
                    + " more of "
                    + sizes.length
                    + " items at path "
                    + FieldPath.below(path, new FieldPath.Step.Slice(i, sizes.length))));
        return fit;
      }
      left -= size;
      fit.add(part);
    }
    return fit;
  }

  /// The largest size that each part may have so that all fit: small ones leave their rest to large
  /// ones.
  private static int share(int[] sizes, int room) {
    int[] sorted = sizes.clone();
    Arrays.sort(sorted);
    int left = room;
    for (int i = 0; i < sorted.length; i++) {
      int even = left / (sorted.length - i);
      if (sorted[i] > even) {
        return Math.max(even, SMALLEST);
      }
      left -= sorted[i];
    }
    return Integer.MAX_VALUE;
  }

  private JsonNode clipped(String text, int room) {
    folded++;
    // Escapes make JSON longer than the text; halving finds a length soon enough.
    for (int keep = Math.min(text.length(), Math.max(0, room - 40));
        keep > 20;
        keep = keep * 3 / 4) {
      JsonNode part =
          StringNode.valueOf(
              Untrusted.clip(text, keep)
                  + MARK
                  + " ("
                  + (text.length() - keep)
                  + " more characters)");
      if (Sizes.of(part) <= room) {
        return part;
      }
    }
    return StringNode.valueOf(MARK + " (" + text.length() + " characters)");
  }

  private JsonNode marker(String what) {
    folded++;
    return JsonNodeFactory.instance.objectNode().put(MARK, Untrusted.line(what, 200));
  }
}
