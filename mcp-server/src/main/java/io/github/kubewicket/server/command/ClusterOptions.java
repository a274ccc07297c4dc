package io.github.kubewicket.server.command;

import io.github.kubewicket.server.cluster.ClusterLocation;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster a command is about.
final class ClusterOptions {
  @Option(names = "--kubeconfig", paramLabel = "FILE", description = "As of serve.")
  private @Nullable Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "As of serve.")
  private @Nullable String context;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "One of the clusters of tools.yaml, where it names several.")
  private @Nullable String cluster;

  /// All clusters; nothing is connected yet.
  Clusters clusters(Wiring wiring) {
    return wiring.clusters(usual(Optional.ofNullable(kubeconfig), Optional.ofNullable(context)));
  }

  /// The name that was given.
  Optional<String> name() {
    return Optional.ofNullable(cluster);
  }

  /// Where the cluster is when `tools.yaml` does not say otherwise.
  static ClusterLocation usual(Optional<Path> kubeconfig, Optional<String> context) {
    return new ClusterLocation(
        kubeconfig, context, System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  /// What speaks against this choice; empty where it names one cluster.
  ///
  /// @param given empty where nothing was given
  static Optional<String> mistake(Clusters clusters, Optional<String> given) {
    List<Connection> all = clusters.all();
    String names = String.join(", ", all.stream().map(Connection::name).toList());
    if (given.isEmpty()) {
      return all.size() == 1
          ? Optional.empty()
          : Optional.of(
              "tools.yaml names several clusters; say which by --cluster: " + names + ".");
    }
    if (clusters.find(given.get()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        names.isEmpty()
            ? "tools.yaml names no clusters; leave --cluster out."
            : "tools.yaml names no such cluster; the clusters are " + names + ".");
  }
}
