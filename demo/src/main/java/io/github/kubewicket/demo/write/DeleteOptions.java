package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `meta/v1` `DeleteOptions`, as a body or inside an eviction.
///
/// @param uid precondition, or empty
/// @param resourceVersion precondition, or empty
/// @param propagation `Background`, `Foreground` or `Orphan`
/// @param grace seconds; negative takes the object's own
/// @param dryRun change nothing
public record DeleteOptions(
    String uid, String resourceVersion, String propagation, int grace, boolean dryRun) {

  /// Reads the options.
  ///
  /// @param dryRun whether the request asks for a dry run in its query
  public static Outcome<DeleteOptions> of(JsonNode json, String propagation, boolean dryRun) {
    boolean dry = dryRun;
    for (JsonNode word : json.path("dryRun")) {
      if (!word.isString() || !word.asString().equals("All")) {
        return Outcome.refused(Status.badRequest("dryRun: Unsupported value: " + word));
      }
      dry = true;
    }
    String asked = Json.text(json, "propagationPolicy");
    return Outcome.done(
        new DeleteOptions(
            Json.text(json, "preconditions", "uid"),
            Json.text(json, "preconditions", "resourceVersion"),
            asked.isEmpty() ? propagation : asked,
            Json.number(json, -1, "gracePeriodSeconds"),
            dry));
  }

  /// Whether the object is the one that is meant.
  public Outcome<ObjectNode> admits(Kind kind, ObjectNode object) {
    String name = Json.text(object, "metadata", "name");
    String hasUid = Json.text(object, "metadata", "uid");
    String hasVersion = Json.text(object, "metadata", "resourceVersion");
    if (!uid.isEmpty() && !uid.equals(hasUid)) {
      return Outcome.refused(
          Status.notTheOne(
              kind,
              name,
              "the UID in the precondition ("
                  + uid
                  + ") does not match the UID in record ("
                  + hasUid
                  + "). The object might have been deleted and then recreated"));
    }
    if (!resourceVersion.isEmpty() && !resourceVersion.equals(hasVersion)) {
      return Outcome.refused(
          Status.notTheOne(
              kind,
              name,
              "the ResourceVersion in the precondition ("
                  + resourceVersion
                  + ") does not match the ResourceVersion in record ("
                  + hasVersion
                  + "). The object might have been modified"));
    }
    return Outcome.done(object);
  }
}
