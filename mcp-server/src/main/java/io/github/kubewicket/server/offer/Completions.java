package io.github.kubewicket.server.offer;

import io.github.kubewicket.policy.Caller;
import java.util.Map;

/// Suggests values for the arguments of prompts and the variables of templates.
public interface Completions {
  /// Suggests within two seconds. Never throws; what is unknown, forbidden or slow suggests
  /// nothing.
  ///
  /// @param reference a prompt's name or a URI template
  /// @param argument the argument or variable
  /// @param typed what was typed so far, of any length and content
  /// @param known the values already given to the others
  Completion complete(
      Caller caller, String reference, String argument, String typed, Map<String, String> known);
}
