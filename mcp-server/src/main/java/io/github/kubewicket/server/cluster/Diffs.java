package io.github.kubewicket.server.cluster;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.github.kubewicket.policy.canonical.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Unified diffs of objects for people: YAML, without status and bookkeeping, redacted. At most 24
/// KiB.
final class Diffs {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final int CONTEXT = 3;
  private static final int MAX_CHARS = 24_576;

  private Diffs() {}

  /// A difference as a person sees it, and the digest of what it is made from before anything was
  /// redacted.
  record Difference(String text, String hash) {}

  static Difference between(JsonNode before, JsonNode after, String title) {
    String was = YAML.writeValueAsString(wanted(before));
    String becomes = YAML.writeValueAsString(wanted(after));
    String text =
        unified(
            YAML.writeValueAsString(Redaction.object(wanted(before).deepCopy(), false)),
            YAML.writeValueAsString(Redaction.object(wanted(after).deepCopy(), false)),
            title);
    return new Difference(
        text, Digests.sha256((was + "\u0000" + becomes).getBytes(StandardCharsets.UTF_8)));
  }

  /// A difference between two texts that are fit to be shown.
  static String unified(String before, String after, String title) {
    List<String> was = before.lines().toList();
    List<String> becomes = after.lines().toList();
    String text =
        String.join(
            "\n",
            UnifiedDiffUtils.generateUnifiedDiff(
                title + " (now)", title + " (then)", was, DiffUtils.diff(was, becomes), CONTEXT));
    return text.length() <= MAX_CHARS
        ? text
        : text.substring(0, MAX_CHARS)
            + "\n… "
            + (text.length() - MAX_CHARS)
            + " more characters are not shown";
  }

  /// The parts that somebody wants; what controllers report is left out.
  private static ObjectNode wanted(JsonNode object) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    wanted.set("apiVersion", object.path("apiVersion"));
    wanted.set("kind", object.path("kind"));
    ObjectNode metadata = wanted.putObject("metadata");
    for (String field : List.of("name", "namespace", "labels", "annotations")) {
      if (object.path("metadata").has(field)) {
        metadata.set(field, object.path("metadata").path(field));
      }
    }
    for (var member : object.properties()) {
      if (!List.of("apiVersion", "kind", "metadata", "status").contains(member.getKey())) {
        wanted.set(member.getKey(), member.getValue());
      }
    }
    return wanted;
  }
}
