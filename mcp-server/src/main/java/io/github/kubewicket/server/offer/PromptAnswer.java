package io.github.kubewicket.server.offer;

import java.util.List;

/// What came of asking for a prompt.
public sealed interface PromptAnswer {
  /// It, filled in.
  ///
  /// @param description what it is about
  /// @param userTexts the texts of its messages, all of the user's role, in order
  record Messages(String description, List<String> userTexts) implements PromptAnswer {
    /// Keeps its own copy.
    public Messages {
      userTexts = List.copyOf(userTexts);
    }
  }

  /// There is no prompt of this name.
  record Unknown() implements PromptAnswer {}

  /// The arguments do not fit.
  ///
  /// @param message one sentence that names the argument and what is allowed
  record BadArguments(String message) implements PromptAnswer {}
}
