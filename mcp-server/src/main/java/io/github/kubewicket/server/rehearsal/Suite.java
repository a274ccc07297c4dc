package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.policy.config.Problem;
import java.nio.file.Path;
import java.util.List;

/// The cases of one file.
///
/// @param policy the policy that they are about
/// @param scenarios in the file's order
public record Suite(Path policy, List<Scenario> scenarios) {
  /// Copies the list.
  public Suite {
    scenarios = List.copyOf(scenarios);
  }

  /// What came of reading a file of cases.
  public sealed interface Read {
    /// The file is right.
    record Readable(Suite suite) implements Read {}

    /// The file is wrong or missing.
    ///
    /// @param problems at least one, in the file's order
    record Unreadable(List<Problem> problems) implements Read {
      /// Copies the list.
      public Unreadable {
        problems = List.copyOf(problems);
      }
    }
  }
}
