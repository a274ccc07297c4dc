package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The ReplicaSet for a Deployment's present template.
final class NewReplicaSet {
  private static final Set<String> NOT_COPIED =
      Set.of("kubectl.kubernetes.io/last-applied-configuration", Rollout.REVISION);

  private NewReplicaSet() {}

  static ObjectNode of(Rollout rollout, ObjectNode owner, int revision) {
    ObjectNode deployment = rollout.deployment();
    String hash = rollout.hash();
    ObjectNode set = Json.object();
    ObjectNode metadata = set.putObject("metadata");
    metadata.put("name", Objects.name(deployment) + "-" + hash);
    metadata.put("namespace", Objects.namespace(deployment));
    ObjectNode spec = set.putObject("spec");
    spec.set("selector", Json.at(deployment, "spec", "selector").deepCopy());
    spec.set("template", Json.at(deployment, "spec", "template").deepCopy());
    int wait = Json.number(deployment, 0, "spec", "minReadySeconds");
    Objects.put(spec, "minReadySeconds", wait);
    Json.child(spec, "selector", "matchLabels").put(Rollout.HASH, hash);
    ObjectNode labels = Json.child(spec, "template", "metadata", "labels");
    labels.put(Rollout.HASH, hash);
    metadata.set("labels", labels.deepCopy());
    ObjectNode annotations = metadata.putObject("annotations");
    Json.at(deployment, "metadata", "annotations")
        .properties()
        .forEach(entry -> {
          if (!NOT_COPIED.contains(entry.getKey())) {
            annotations.set(entry.getKey(), entry.getValue());
          }
        });
    annotate(annotations, deployment);
    annotations.put(Rollout.REVISION, Integer.toString(revision));
    metadata.putArray("ownerReferences").add(owner);
    return set;
  }

  /// Whether the set knows the Deployment's size.
  static boolean annotated(ObjectNode set, ObjectNode deployment) {
    ObjectNode wanted = Json.object();
    annotate(wanted, deployment);
    return wanted
        .propertyStream()
        .allMatch(entry ->
            entry.getValue().equals(Json.at(set, "metadata", "annotations", entry.getKey())));
  }

  /// The sizes that the Deployment had when the set was last scaled.
  static void annotate(ObjectNode annotations, ObjectNode deployment) {
    int desired = Objects.replicas(deployment);
    int most =
        desired
            + new Rollout(deployment, java.util.List.of(), java.util.Optional.empty()).maxSurge();
    annotations.put("deployment.kubernetes.io/desired-replicas", Integer.toString(desired));
    annotations.put("deployment.kubernetes.io/max-replicas", Integer.toString(most));
  }
}
