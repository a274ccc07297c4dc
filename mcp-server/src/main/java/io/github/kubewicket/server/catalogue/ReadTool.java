package io.github.kubewicket.server.catalogue;

import io.github.kubewicket.server.cluster.ClusterView;

/// A tool that looks and changes nothing. It holds a view, and a view cannot write.
///
/// @param <A> the record of its arguments
public non-sealed interface ReadTool<A> extends Tool {
  @Override
  Input<A> input();

  /// Answers within `budget` bytes of text and structure together.
  ///
  /// @throws io.github.kubewicket.server.cluster.ClusterException when the cluster does not answer
  ///   as hoped
  Reply read(A arguments, ClusterView cluster, int budget);

  @Override
  default boolean idempotent() {
    return true;
  }
}
