package io.github.kubewicket.server.people;

import tools.jackson.databind.node.ObjectNode;

/// Tells people what agents do.
@FunctionalInterface
public interface Notifier {
  /// Tells one thing. Never throws: some of it is told after an act, whose verdict must not be
  /// lost.
  ///
  /// @param message members `event`, `text` and what it is about; no Secret values, no credentials
  /// @return whether it was taken; false at once where there is nobody to tell
  boolean tell(ObjectNode message);
}
