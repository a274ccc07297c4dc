package io.github.kubewicket.policy.config;

import java.util.List;

/// What came of reading `tools.yaml`, and what in it is right but probably not meant.
///
/// @param loaded the policy, or what is wrong
/// @param warnings in the file's order, at most 50; empty where the file is wrong
public record Checked(Loaded loaded, List<Problem> warnings) {
  /// Copies the warnings.
  public Checked {
    warnings = List.copyOf(warnings);
  }
}
