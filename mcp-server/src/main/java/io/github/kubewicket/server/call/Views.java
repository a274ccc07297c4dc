package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.cluster.ClusterView;
import java.util.List;
import java.util.function.Function;

/// The eyes of a caller, for what is offered besides tools: it sees what its tools would show it.
public interface Views {
  /// Whether the caller has a tool of this name now.
  boolean has(Caller caller, String tool);

  /// Whether there are several clusters, so that every question has to name one.
  boolean several();

  /// The names of those that this caller may use, in a stable order; of interest only where there
  /// are several.
  List<String> clusters(Caller caller);

  /// Asks the view that a read tool of this name would be given, within the time of one call.
  ///
  /// @param cluster its name; empty where there is only one
  /// @throws io.github.kubewicket.server.cluster.ClusterException when the caller has no such tool,
  ///   or the cluster does not answer as hoped
  <T> T look(Caller caller, String cluster, String tool, Function<ClusterView, T> question);

  /// How many bytes of UTF-8 one answer may have.
  int answerBytes();
}
