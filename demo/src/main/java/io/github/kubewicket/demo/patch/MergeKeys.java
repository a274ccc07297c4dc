package io.github.kubewicket.demo.patch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which lists are maps in disguise, and by which field their elements are told apart: the
/// `patchMergeKey` tags of `k8s.io/api` and the list-map-keys of its schemas.
public final class MergeKeys {
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("ephemeralContainers", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("env", List.of("name")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey")),
          Map.entry("conditions", List.of("type")),
          Map.entry("addresses", List.of("type")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("secrets", List.of("name")),
          Map.entry("ports", List.of("containerPort", "port")));

  private MergeKeys() {}

  /// The field that tells the elements of the list apart; empty for a list that is one value.
  public static Optional<String> of(String list, JsonNode elements) {
    for (String key : KEYS.getOrDefault(list, List.of())) {
      boolean all = !elements.isEmpty();
      for (JsonNode element : elements) {
        all &= element.has(key);
      }
      if (all) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
