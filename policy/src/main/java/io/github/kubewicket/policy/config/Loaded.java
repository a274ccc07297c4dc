package io.github.kubewicket.policy.config;

import java.util.List;

/// What came of reading `tools.yaml`.
public sealed interface Loaded {
  /// The file is right.
  record Valid(Policy policy) implements Loaded {}

  /// The file is wrong or missing; the server is read-only at most.
  ///
  /// @param problems at least one, in the file's order, at most 50
  record Invalid(List<Problem> problems) implements Loaded {
    /// Copies the problems.
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
