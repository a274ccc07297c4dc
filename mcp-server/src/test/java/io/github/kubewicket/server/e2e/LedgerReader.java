package io.github.kubewicket.server.e2e;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What an installation's ledger says, as `kubewicket audit` prints it.
record LedgerReader(Installation installation) {
  /// Every entry, oldest first.
  List<JsonNode> entries() {
    return installation.run("audit", "export").out().lines().map(KubeApi.JSON::readTree).toList();
  }

  /// The entries of one type, such as `intent`.
  List<JsonNode> entries(String type) {
    return entries().stream()
        .filter(entry -> entry.path("type").asString("").equals(type))
        .toList();
  }

  /// How each change ended, in the order of the outcomes.
  List<String> results() {
    return entries("outcome").stream()
        .map(entry -> entry.path("body").path("result").asString(""))
        .toList();
  }

  Installation.Ran verify(String... options) {
    List<String> arguments = new java.util.ArrayList<>(List.of("audit", "verify"));
    arguments.addAll(List.of(options));
    return installation.run(arguments.toArray(String[]::new));
  }
}
