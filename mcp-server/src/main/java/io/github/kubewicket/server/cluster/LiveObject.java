package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.canonical.CanonicalJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An object as the API server sent it, not redacted. It never leaves this package.
///
/// @param json with `metadata`, and mostly `spec` and `status`
record LiveObject(JsonNode json) {
  private static final String HASH_DOMAIN = "kubewicket/spec/v1";

  /// Written by controllers and clients on their own account; they change without anybody changing
  /// what is wanted.
  private static final Set<String> PASSING_ANNOTATIONS =
      Set.of(
          "deployment.kubernetes.io/revision",
          "deprecated.daemonset.template.generation",
          "kubectl.kubernetes.io/last-applied-configuration");

  String apiVersion() {
    return json.path("apiVersion").asString("");
  }

  String kind() {
    return json.path("kind").asString("");
  }

  String name() {
    return metadata("name");
  }

  String uid() {
    return metadata("uid");
  }

  String resourceVersion() {
    return metadata("resourceVersion");
  }

  long generation() {
    return json.path("metadata").path("generation").asLong(0);
  }

  boolean beingDeleted() {
    return json.path("metadata").has("deletionTimestamp");
  }

  Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    json.path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return labels;
  }

  int spec(String field, int absent) {
    return json.path("spec").path(field).asInt(absent);
  }

  int status(String field) {
    return json.path("status").path(field).asInt(0);
  }

  /// The controller that owns it.
  Optional<JsonNode> controller() {
    for (JsonNode owner : json.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }

  /// What is wanted of the object, whatever becomes of it: spec, labels and lasting annotations. A
  /// pod's annotations are left out, since network plugins write there.
  String specHash() {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    wanted.set("spec", json.path("spec"));
    wanted.set("labels", json.path("metadata").path("labels"));
    if (!kind().equals("Pod")) {
      ObjectNode annotations = wanted.putObject("annotations");
      for (var annotation : json.path("metadata").path("annotations").properties()) {
        if (!PASSING_ANNOTATIONS.contains(annotation.getKey())) {
          annotations.set(annotation.getKey(), annotation.getValue());
        }
      }
    }
    wanted
        .properties()
        .removeIf(member -> member.getValue().isMissingNode() || member.getValue().isNull());
    return CanonicalJson.digest(HASH_DOMAIN, wanted);
  }

  private String metadata(String field) {
    return json.path("metadata").path(field).asString("");
  }
}
