package io.github.kubewicket.demo.store;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import tools.jackson.databind.JsonNode;

/// Where an object is kept. Ordered by resource, namespace, name, as lists are.
///
/// @param resource `deployments.apps`
/// @param namespace empty for cluster-scoped objects
/// @param name of the object
public record Key(String resource, String namespace, String name) implements Comparable<Key> {

  /// The key of an object of this kind.
  public static Key of(Kind kind, JsonNode object) {
    return new Key(
        kind.storedAs(),
        kind.namespaced() ? Json.text(object, "metadata", "namespace") : "",
        Json.text(object, "metadata", "name"));
  }

  @Override
  public int compareTo(Key other) {
    int order = resource.compareTo(other.resource);
    if (order == 0) {
      order = namespace.compareTo(other.namespace);
    }
    return order == 0 ? name.compareTo(other.name) : order;
  }
}
