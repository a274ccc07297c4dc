package io.github.kubewicket.server.prompt;

import io.github.kubewicket.server.offer.Prompt;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// One pattern of the runbooks.
interface Runbook {
  /// How it is listed.
  Prompt prompt();

  /// The tools without which it is of no use.
  Set<String> needs();

  /// What each argument may look like.
  Map<String, Argument> arguments();

  /// The text, filled in.
  ///
  /// @param given values that fit
  /// @param has whether the caller has a tool of this name
  String text(Map<String, String> given, Predicate<String> has);
}
