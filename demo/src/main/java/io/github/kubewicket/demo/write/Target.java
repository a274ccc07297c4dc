package io.github.kubewicket.demo.write;

import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.store.Key;

/// What a path names.
///
/// @param kind of the objects
/// @param namespace empty for all namespaces and for cluster-scoped kinds
/// @param name empty for the collection
/// @param subresource empty for the object itself
public record Target(Kind kind, String namespace, String name, String subresource) {
  /// Where the object is kept.
  public Key key() {
    return new Key(kind.storedAs(), namespace, name);
  }
}
