package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.Caller;
import java.util.List;

/// The clusters that calls may be about.
public interface ClusterDesks {
  /// Whether there are several, so that every call has to name one.
  boolean several();

  /// The names of those that this caller may use, in a stable order; of interest only where there
  /// are several.
  List<String> names(Caller caller);

  /// One of them, for one call of this caller.
  ///
  /// @param name empty where there is only one
  /// @throws io.github.kubewicket.server.cluster.ClusterException `BAD_ARGS` where there is none of
  ///   this name for this caller, `FORBIDDEN` where Kubernetes cannot be asked on its behalf
  ClusterDesk at(String name, Caller caller);

  /// The only cluster.
  static ClusterDesks only(ClusterDesk desk) {
    return new ClusterDesks() {
      @Override
      public boolean several() {
        return false;
      }

      @Override
      public List<String> names(Caller caller) {
        return List.of();
      }

      @Override
      public ClusterDesk at(String name, Caller caller) {
        return desk;
      }
    };
  }
}
