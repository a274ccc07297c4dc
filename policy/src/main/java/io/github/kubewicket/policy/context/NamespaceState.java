package io.github.kubewicket.policy.context;

import java.util.Map;

/// A namespace.
///
/// @param labels its labels, which say whether it is production
/// @param annotations its annotations, among them `kubewicket.dev/pause` and
///   `kubewicket.dev/security-incident`
public record NamespaceState(Map<String, String> labels, Map<String, String> annotations) {
  /// Copies the maps.
  public NamespaceState {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
