package io.github.kubewicket.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys in a person's own directory.
final class KeyFiles {
  private KeyFiles() {}

  /// The key in the directory, if there is exactly one.
  static Optional<Path> only(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> keys = files.filter(file -> file.toString().endsWith(".pem")).toList();
      return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
