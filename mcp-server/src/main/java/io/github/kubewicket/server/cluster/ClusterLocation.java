package io.github.kubewicket.server.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the cluster and its credentials are to be found, in kubectl's order: `--kubeconfig`,
/// `$KUBECONFIG`, `~/.kube/config`, and inside a pod its service account.
///
/// @param kubeconfig the file named on the command line
/// @param context the context named on the command line; else the file's current one
/// @param environment the process's environment
/// @param home the user's home directory
public record ClusterLocation(
    Optional<Path> kubeconfig,
    Optional<String> context,
    Map<String, String> environment,
    Path home) {
  /// Copies the environment.
  public ClusterLocation {
    environment = Map.copyOf(environment);
  }

  /// The kubeconfig files that may exist, in order of precedence.
  List<Path> candidates() {
    if (kubeconfig.isPresent()) {
      return List.of(kubeconfig.get());
    }
    String listed = environment.getOrDefault("KUBECONFIG", "");
    if (!listed.isBlank()) {
      return Arrays.stream(listed.split(File.pathSeparator))
          .filter(name -> !name.isBlank())
          .map(Path::of)
          .toList();
    }
    return List.of(home.resolve(".kube").resolve("config"));
  }

  /// The candidates that exist.
  List<Path> files() {
    return candidates().stream().filter(Files::exists).toList();
  }

  /// Whether a person pointed at a file, so that its absence is a mistake.
  boolean namesAFile() {
    return kubeconfig.isPresent() || !environment.getOrDefault("KUBECONFIG", "").isBlank();
  }
}
