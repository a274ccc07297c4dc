package io.github.kubewicket.server.tools.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Leaves out what says nothing: empty values, and fields that hold Kubernetes' own defaults.
final class Prune {
  /// Set by the API server where a person set nothing
  /// (k8s.io/kubernetes/pkg/apis/core/v1/defaults.go).
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "terminationMessagePath", "\"/dev/termination-log\"",
          "terminationMessagePolicy", "\"File\"",
          "dnsPolicy", "\"ClusterFirst\"",
          "schedulerName", "\"default-scheduler\"",
          "enableServiceLinks", "true",
          "preemptionPolicy", "\"PreemptLowerPriority\"");

  private Prune() {}

  /// The same object without them.
  static ObjectNode object(ObjectNode object) {
    prune(object);
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("selfLink", "generateName"));
      for (String map : List.of("annotations", "labels")) {
        if (metadata.path(map).isEmpty()) {
          metadata.remove(map);
        }
      }
    }
    return object;
  }

  private static void prune(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> gone = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        JsonNode value = field.getValue();
        prune(value);
        // An empty map can mean something, as in `emptyDir: {}`; an empty list or null never does.
        if (value.isNull()
            || (value.isArray() && value.isEmpty())
            || (value.isValueNode() && value.toString().equals(DEFAULTS.get(field.getKey())))) {
          gone.add(field.getKey());
        }
      }
      object.remove(gone);
    } else if (node.isArray()) {
      node.forEach(Prune::prune);
    }
  }
}
