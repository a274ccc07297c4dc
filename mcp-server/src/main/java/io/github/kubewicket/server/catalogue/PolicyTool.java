package io.github.kubewicket.server.catalogue;

/// A tool that tells what the gate would say. It changes nothing, and holds nothing that could.
///
/// @param <A> the record of its arguments
public non-sealed interface PolicyTool<A> extends Tool {
  @Override
  Input<A> input();

  /// Answers within `budget` bytes of text and structure together.
  ///
  /// @throws io.github.kubewicket.server.cluster.ClusterException when the cluster does not answer
  ///   as hoped
  Reply answer(A arguments, PolicyDesk desk, int budget);

  @Override
  default boolean idempotent() {
    return true;
  }
}
