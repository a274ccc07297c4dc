package io.github.kubewicket.server.tools.read;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which container of a pod is meant.
///
/// @param name its name
/// @param others the pod's other containers
record Container(String name, List<String> others) {
  private static final String DEFAULT = "kubectl.kubernetes.io/default-container";

  /// The one that was asked for, the one that the pod calls its default, or the first.
  ///
  /// @param pod a pod or a pod template
  /// @throws ClusterException `BAD_ARGS` when it has none of that name
  static Container choose(JsonNode pod, Optional<String> wanted) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (JsonNode container : pod.path("spec").path(list)) {
        names.add(container.path("name").asString(""));
      }
    }
    String marked = pod.path("metadata").path("annotations").path(DEFAULT).asString("");
    String chosen =
        wanted.orElseGet(
            () -> names.contains(marked) || names.isEmpty() ? marked : names.getFirst());
    if (!names.contains(chosen)) {
      throw new ClusterException(
          Reason.BAD_ARGS,
          "There is no container \"" + Untrusted.line(chosen, 80) + "\".",
          "Containers: " + Untrusted.line(String.join(", ", names), 300) + ".");
    }
    return new Container(chosen, names.stream().filter(name -> !name.equals(chosen)).toList());
  }
}
