package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The mistakes that the API server finds while it decodes a body, before it validates.
final class Types {
  private static final List<String> NUMBERS =
      List.of(
          "replicas",
          "revisionHistoryLimit",
          "progressDeadlineSeconds",
          "parallelism",
          "completions",
          "backoffLimit",
          "minReplicas",
          "maxReplicas");
  private static final List<String> FLAGS = List.of("paused", "suspend", "unschedulable");

  private Types() {}

  /// The body as an object of this kind.
  static Outcome<ObjectNode> read(Kind kind, byte[] body) {
    JsonNode node;
    try {
      node = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      return Outcome.refused(
          Status.badRequest(
              "the object provided is unrecognized (must be of type "
                  + kind.name()
                  + "): couldn't get version/kind; json parse error: "
                  + e.getOriginalMessage()));
    }
    return node instanceof ObjectNode object
        ? check(kind, object)
        : Outcome.refused(Status.badRequest("the body is no JSON object"));
  }

  /// Checks kind, version and the types of the fields that the controllers read.
  static Outcome<ObjectNode> check(Kind kind, ObjectNode object) {
    String version = Json.text(object, "apiVersion");
    if (!version.isEmpty() && !version.equals(kind.apiVersion())) {
      return Outcome.refused(
          Status.badRequest(
              "the API version in the data ("
                  + version
                  + ") does not match the expected API version ("
                  + kind.apiVersion()
                  + ")"));
    }
    String name = Json.text(object, "kind");
    if (!name.isEmpty() && !name.equals(kind.name())) {
      return wrong(kind, name + " is no " + kind.name());
    }
    for (Map.Entry<String, JsonNode> field : object.path("spec").properties()) {
      JsonNode value = field.getValue();
      if (NUMBERS.contains(field.getKey()) && !value.isInt() && !value.isNull()) {
        return wrong(kind, type(kind, value, field.getKey(), "int32"));
      }
      if (FLAGS.contains(field.getKey()) && !value.isBoolean() && !value.isNull()) {
        return wrong(kind, type(kind, value, field.getKey(), "bool"));
      }
    }
    if (kind.storedAs().equals("configmaps")) {
      for (JsonNode value : object.path("data")) {
        if (!value.isString()) {
          return wrong(
              kind,
              "json: cannot unmarshal "
                  + word(value)
                  + " into Go struct field ConfigMap.data of type string");
        }
      }
    }
    return Outcome.done(object);
  }

  private static String type(Kind kind, JsonNode value, String field, String type) {
    return "json: cannot unmarshal "
        + word(value)
        + " into Go struct field "
        + kind.name()
        + "Spec.spec."
        + field
        + " of type "
        + type;
  }

  private static String word(JsonNode value) {
    return value.isBoolean()
        ? "bool"
        : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Outcome<ObjectNode> wrong(Kind kind, String why) {
    return Outcome.refused(
        Status.badRequest(
            kind.name()
                + " in version \""
                + kind.version()
                + "\" cannot be handled as a "
                + kind.name()
                + ": "
                + why));
  }
}
