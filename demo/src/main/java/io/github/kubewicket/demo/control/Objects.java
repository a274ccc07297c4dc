package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What controllers ask objects again and again.
final class Objects {
  static final Comparator<ObjectNode> OLDEST =
      Comparator.comparing(object -> Json.text(object, "metadata", "creationTimestamp"));

  private Objects() {}

  static String name(JsonNode object) {
    return Json.text(object, "metadata", "name");
  }

  static String namespace(JsonNode object) {
    return Json.text(object, "metadata", "namespace");
  }

  static String uid(JsonNode object) {
    return Json.text(object, "metadata", "uid");
  }

  /// A copy of the status, to be changed.
  static ObjectNode status(ObjectNode object) {
    return object.get("status") instanceof ObjectNode status ? status.deepCopy() : Json.object();
  }

  static boolean ending(JsonNode object) {
    return Json.at(object, "metadata").has("deletionTimestamp");
  }

  static int replicas(JsonNode workload) {
    return Json.number(workload, 0, "spec", "replicas");
  }

  static boolean owner(ObjectNode child, String uid) {
    return Json.first(
            child,
            owner -> Json.text(owner, "uid").equals(uid) && Json.flag(owner, "controller"),
            "metadata",
            "ownerReferences")
        .isPresent();
  }

  static Optional<ObjectNode> condition(JsonNode object, String type) {
    return Json.first(
        object, condition -> Json.text(condition, "type").equals(type), "status", "conditions");
  }

  static boolean is(JsonNode object, String condition) {
    return condition(object, condition)
        .map(found -> Json.text(found, "status").equals("True"))
        .orElse(false);
  }

  static boolean active(JsonNode pod) {
    String phase = Json.text(pod, "status", "phase");
    return !ending(pod) && !phase.equals("Succeeded") && !phase.equals("Failed");
  }

  /// Ready, and for at least `minReadySeconds`.
  static boolean available(JsonNode pod, int minReadySeconds, Instant now) {
    return is(pod, "Ready")
        && condition(pod, "Ready")
            .flatMap(ready -> Json.time(ready, "lastTransitionTime"))
            .map(since -> !since.plusSeconds(minReadySeconds).isAfter(now))
            .orElse(false);
  }

  /// Sets a condition in a status; the transition time moves only with the state.
  static void condition(
      ObjectNode status, String type, boolean state, String reason, String message, Instant now) {
    ObjectNode condition =
        Json.first(status, found -> Json.text(found, "type").equals(type), "conditions")
            .orElse(null);
    String word = state ? "True" : "False";
    if (condition == null) {
      condition =
          (status.path("conditions").isArray()
                  ? status.withArrayProperty("conditions")
                  : status.putArray("conditions"))
              .addObject();
      condition.put("type", type);
    }
    if (!Json.text(condition, "status").equals(word)) {
      condition.put("status", word).put("lastTransitionTime", Json.time(now));
    }
    put(condition, "reason", reason);
    put(condition, "message", message);
  }

  static void put(ObjectNode node, String field, String value) {
    if (value.isEmpty()) {
      node.remove(field);
    } else {
      node.put(field, value);
    }
  }

  /// Numbers that are zero are left out, as Go's `omitempty` does.
  static void put(ObjectNode node, String field, int value) {
    if (value == 0) {
      node.remove(field);
    } else {
      node.put(field, value);
    }
  }
}
