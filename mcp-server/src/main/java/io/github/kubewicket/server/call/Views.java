package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.cluster.ClusterView;
import java.util.function.Function;

/// The eyes of a caller, for what is offered besides tools: it sees what its tools would show it.
public interface Views {
  /// Whether the caller has a tool of this name now.
  boolean has(Caller caller, String tool);

  /// Asks the view that a read tool of this name would be given, within the time of one call.
  ///
  /// @throws io.github.kubewicket.server.cluster.ClusterException when the caller has no such tool,
  ///   or the cluster does not answer as hoped
  <T> T look(Caller caller, String tool, Function<ClusterView, T> question);

  /// How many bytes of UTF-8 one answer may have.
  int answerBytes();
}
