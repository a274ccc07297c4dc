package io.github.kubewicket.server.rehearsal;

import java.util.List;
import java.util.Optional;

/// How a case went.
///
/// @param scenario the case
/// @param seen what the gate said; empty where it could not be played
/// @param differences from what was expected, each a part of a sentence; empty where it passed
public record Played(Scenario scenario, Optional<Seen> seen, List<String> differences) {
  /// Copies the list.
  public Played {
    differences = List.copyOf(differences);
  }

  /// Whether all was as expected.
  public boolean passed() {
    return differences.isEmpty();
  }

  /// What the gate said.
  ///
  /// @param decision as in answers to agents
  /// @param code empty where it was let through
  /// @param message in one sentence
  /// @param retryAfter empty where no time is known
  /// @param tier the tier that is left; empty where the call was refused before any rule was asked
  /// @param rule the rule that spoke; empty where none did
  public record Seen(
      String decision, String code, String message, String retryAfter, String tier, String rule) {}
}
