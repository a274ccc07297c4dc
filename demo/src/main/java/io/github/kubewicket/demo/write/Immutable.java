package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.status.Cause;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes that may not be made to an existing object.
final class Immutable {
  private static final String FIELD = "field is immutable";

  private Immutable() {}

  static List<Cause> of(Kind kind, ObjectNode before, ObjectNode after) {
    List<Cause> causes = new ArrayList<>();
    JsonNode old = before.path("spec");
    JsonNode now = after.path("spec");
    switch (kind.storedAs()) {
      case "deployments.apps", "daemonsets.apps", "replicasets.apps" ->
          same(causes, old, now, "selector");
      case "jobs.batch" -> {
        same(causes, old, now, "selector");
        same(causes, old, now, "template");
        same(causes, old, now, "completions");
      }
      case "statefulsets.apps" -> {
        List<String> free =
            List.of(
                "replicas",
                "ordinals",
                "template",
                "updateStrategy",
                "revisionHistoryLimit",
                "persistentVolumeClaimRetentionPolicy",
                "minReadySeconds");
        if (!without(old, free).equals(without(now, free))) {
          causes.add(
              Cause.forbidden(
                  "spec",
                  "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                      + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                      + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                      + " forbidden"));
        }
      }
      case "pods" -> pod(causes, old, now);
      case "persistentvolumeclaims" -> {
        List<String> free = List.of("resources", "volumeAttributesClassName", "volumeName");
        if (!without(old, free).equals(without(now, free))) {
          causes.add(
              Cause.forbidden(
                  "spec",
                  "spec is immutable after creation except resources.requests and"
                      + " volumeAttributesClassName for bound claims"));
        }
      }
      case "configmaps", "secrets" -> {
        if (Json.flag(before, "immutable") && !before.path("data").equals(after.path("data"))) {
          causes.add(Cause.forbidden("data", "field is immutable when `immutable` is set"));
        }
        if (!before.path("type").equals(after.path("type"))) {
          causes.add(Cause.invalid("type", after.path("type").toString(), FIELD));
        }
      }
      default -> {
        // Everything else may be changed.
      }
    }
    return causes;
  }

  private static void pod(List<Cause> causes, JsonNode old, JsonNode now) {
    List<String> free = List.of("activeDeadlineSeconds", "tolerations", "nodeName");
    ObjectNode before = without(old, free);
    ObjectNode after = without(now, free);
    for (ObjectNode spec : List.of(before, after)) {
      Json.objects(spec, "containers").forEach(container -> container.remove("image"));
    }
    if (!before.equals(after)) {
      causes.add(
          Cause.forbidden(
              "spec",
              "pod updates may not change fields other than `spec.containers[*].image`,"
                  + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                  + "`spec.tolerations` (only additions to existing tolerations),"
                  + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
                  + " previously negative)"));
    }
  }

  private static void same(List<Cause> causes, JsonNode old, JsonNode now, String field) {
    if (!old.path(field).equals(now.path(field))) {
      causes.add(Cause.invalid("spec." + field, now.path(field).toString(), FIELD));
    }
  }

  private static ObjectNode without(JsonNode spec, List<String> fields) {
    ObjectNode copy = spec instanceof ObjectNode object ? object.deepCopy() : Json.object();
    copy.remove(fields);
    return copy;
  }
}
