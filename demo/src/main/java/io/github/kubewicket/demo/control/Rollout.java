package io.github.kubewicket.demo.control;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.store.Names;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A Deployment with its ReplicaSets, and the arithmetic of rolling updates
/// (`pkg/controller/deployment/util`).
///
/// @param deployment the wanted state
/// @param sets all its ReplicaSets, oldest first
/// @param current the one with the wanted template, if there is one
record Rollout(ObjectNode deployment, List<ObjectNode> sets, Optional<ObjectNode> current) {
  static final String HASH = "pod-template-hash";
  static final String REVISION = "deployment.kubernetes.io/revision";

  static Rollout of(ObjectNode deployment, List<ObjectNode> owned) {
    List<ObjectNode> sets =
        owned.stream()
            .sorted(Objects.OLDEST.thenComparing(Comparator.comparingInt(Rollout::revision)))
            .toList();
    JsonNode template = Json.at(deployment, "spec", "template");
    return new Rollout(
        deployment, sets, sets.stream().filter(set -> same(set, template)).findFirst());
  }

  List<ObjectNode> old() {
    return sets.stream().filter(set -> !isCurrent(set)).toList();
  }

  boolean isCurrent(ObjectNode set) {
    return current.map(Objects::uid).equals(Optional.of(Objects.uid(set)));
  }

  int desired() {
    return Objects.replicas(deployment);
  }

  /// The name's hash of the wanted template.
  String hash() {
    return Names.hash(Json.at(deployment, "spec", "template"));
  }

  int maxSurge() {
    return Json.text(deployment, "spec", "strategy", "type").equals("Recreate")
        ? 0
        : part("maxSurge", true);
  }

  int maxUnavailable() {
    if (Json.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
      return 0;
    }
    int unavailable = part("maxUnavailable", false);
    return unavailable == 0 && maxSurge() == 0 ? 1 : Math.min(unavailable, desired());
  }

  int highestOldRevision() {
    return old().stream().mapToInt(Rollout::revision).max().orElse(0);
  }

  static int revision(ObjectNode set) {
    String text = Json.at(set, "metadata", "annotations").path(REVISION).asString("0");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  static int sum(List<ObjectNode> sets, String... path) {
    return sets.stream().mapToInt(set -> Json.number(set, 0, path)).sum();
  }

  private int part(String field, boolean up) {
    JsonNode value = Json.at(deployment, "spec", "strategy", "rollingUpdate", field);
    if (value.isInt()) {
      return value.asInt();
    }
    String text = value.asString("25%").replace("%", "");
    double share = desired() * (text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 25) / 100.0;
    return (int) (up ? Math.ceil(share) : Math.floor(share));
  }

  /// Whether the set has the template; the hash's label does not count.
  private static boolean same(ObjectNode set, JsonNode template) {
    if (!Json.at(set, "spec", "template", "spec").equals(template.path("spec"))) {
      return false;
    }
    JsonNode metadata = Json.at(set, "spec", "template", "metadata").deepCopy();
    if (metadata.path("labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return metadata.equals(template.path("metadata"));
  }
}
