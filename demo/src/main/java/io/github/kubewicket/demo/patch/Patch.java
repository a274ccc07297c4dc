package io.github.kubewicket.demo.patch;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A patch in one of the three formats, chosen by the content type.
public final class Patch {
  private static final String ACCEPTED =
      "application/json-patch+json, application/merge-patch+json";

  private Patch() {}

  /// The object after the patch; the given object is left alone.
  ///
  /// @param kind of the object; custom resources know no strategic merge patch
  /// @param contentType without parameters
  /// @param body of the request
  /// @param object to be patched
  public static Outcome<ObjectNode> apply(
      Kind kind, String contentType, byte[] body, ObjectNode object) {
    String format = contentType.startsWith("application/") ? contentType.substring(12) : "";
    if (!known(format)) {
      return Outcome.refused(Status.unsupportedMediaType());
    }
    if (format.equals("strategic-merge-patch+json") && kind.custom()) {
      return Outcome.refused(Status.unsupportedMediaType(ACCEPTED));
    }
    JsonNode patch;
    try {
      patch = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      return Outcome.refused(Status.badRequest("error decoding patch: " + e.getOriginalMessage()));
    }
    boolean list = format.equals("json-patch+json");
    if (list != patch.isArray() || (!list && !patch.isObject())) {
      return Outcome.refused(
          Status.badRequest("error decoding patch: a " + format + " is no " + patch.getNodeType()));
    }
    Outcome<JsonNode> patched =
        switch (format) {
          case "json-patch+json" -> JsonPatch.apply(object, patch);
          case "merge-patch+json" -> Outcome.done(MergePatch.apply(object, patch));
          default -> Outcome.done(StrategicMergePatch.apply(object, patch));
        };
    return patched.then(node ->
        node instanceof ObjectNode result
            ? Outcome.done(result)
            : Outcome.refused(Status.badRequest("the patch leaves no object")));
  }

  private static boolean known(String format) {
    return switch (format) {
      case "json-patch+json", "merge-patch+json", "strategic-merge-patch+json" -> true;
      default -> false;
    };
  }
}
