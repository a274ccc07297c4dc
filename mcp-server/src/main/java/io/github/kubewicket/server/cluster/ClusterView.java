package io.github.kubewicket.server.cluster;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a caller may see of the cluster. Everything that comes out is redacted: no Secret values,
/// no credentials, no `managedFields`, no last-applied annotation.
public interface ClusterView {
  /// The kind with this name: plural, singular, kind or short name as kubectl knows it, optionally
  /// with its group (`deployments.apps`), any case.
  ///
  /// @throws ClusterException `UNKNOWN_KIND`, with what was probably meant
  KindInfo kind(String name);

  /// All kinds that the cluster serves.
  List<KindInfo> kinds();

  /// One object, redacted.
  ///
  /// @param namespace present exactly where the kind is namespaced
  /// @throws ClusterException `NOT_FOUND`, `FORBIDDEN` and the rest
  ObjectNode get(KindInfo kind, Optional<String> namespace, String name);
}
