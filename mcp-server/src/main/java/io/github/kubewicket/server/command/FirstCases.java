package io.github.kubewicket.server.command;

import java.nio.file.Path;

/// The cases that stand beside a first `tools.yaml`.
final class FirstCases {
  private FirstCases() {}

  /// Where the cases of a policy stand: `tools.test.yaml` beside `tools.yaml`.
  static Path beside(Path policy) {
    String name = String.valueOf(policy.getFileName());
    String stem = name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name;
    return policy.resolveSibling(stem + ".test.yaml");
  }
}
