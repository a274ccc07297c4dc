package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// New pods from a workload's template.
final class Pods {
  private Pods() {}

  static ObjectNode from(ObjectNode workload, ObjectNode owner) {
    ObjectNode template = (ObjectNode) Json.at(workload, "spec", "template").deepCopy();
    ObjectNode pod = Json.object();
    pod.set("metadata", Json.child(template, "metadata"));
    pod.set("spec", Json.child(template, "spec"));
    ObjectNode metadata = Json.child(pod, "metadata");
    metadata.put("namespace", Objects.namespace(workload));
    metadata.putArray("ownerReferences").add(owner);
    return pod;
  }
}
