package io.github.kubewicket.server.offer;

import java.util.List;

/// A runbook's pattern that a person can pick.
///
/// @param name for programs
/// @param title for people
/// @param description one sentence: when to use it
/// @param arguments in the order in which a person would fill them in
public record Prompt(
    String name, String title, String description, List<PromptArgument> arguments) {
  /// Keeps its own copy.
  public Prompt {
    arguments = List.copyOf(arguments);
  }
}
