package io.github.kubewicket.demo.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How Kubewicket is started here: its command line, and the folder that all of this tour's files
/// are in.
///
/// @param command the words that start Kubewicket, without arguments
/// @param folder a fresh folder that somebody else removes
record Launcher(List<String> command, Path folder) {
  static final String CALLER = "demo-agent";

  Launcher {
    command = List.copyOf(command);
  }

  List<String> words(List<String> arguments) {
    return Stream.concat(command.stream(), arguments.stream()).toList();
  }

  /// What Kubewicket has to find in its environment, so that it leaves the user's own files alone.
  Map<String, String> environment(Path state) {
    return Map.of("KUBEWICKET_STATE", state.toString(), "KUBEWICKET_CALLER", CALLER);
  }

  Path state() {
    return folder.resolve("state");
  }

  Path policy() {
    return folder.resolve("tools.yaml");
  }

  Path key() {
    return folder.resolve("on-call-1.pem");
  }

  /// The server's standard error.
  Path log() {
    return folder.resolve("server.log");
  }

  /// What the server wrote to its standard error so far.
  String logged() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return "";
    }
  }
}
