package io.github.kubewicket.server.identity;

import java.util.Collection;
import java.util.Optional;

/// The bounds of groups that somebody vouches for.
final class Groups {
  private static final int MOST = 200;
  private static final int LONGEST = 200;

  /// How the names of groups begin that only Kubernetes gives.
  private static final String SYSTEM = "system:";

  private Groups() {}

  /// What is wrong with them; empty where nothing is. They are refused and not left out: with one
  /// of them left out, a later and wider entry of `callers` could be the first that matches.
  ///
  /// @param byKubernetes whether Kubernetes itself says them
  static Optional<String> fault(Collection<String> groups, boolean byKubernetes) {
    if (groups.size() > MOST) {
      return Optional.of("there are more than " + MOST);
    }
    for (String group : groups) {
      if (group.isBlank() || group.length() > LONGEST || !isPlain(group)) {
        return Optional.of(
            "each has 1 to " + LONGEST + " characters on one line, and none of them is invisible");
      }
      if (!byKubernetes && group.startsWith(SYSTEM)) {
        return Optional.of("those that begin with " + SYSTEM + " are Kubernetes' own");
      }
    }
    return Optional.empty();
  }

  private static boolean isPlain(String text) {
    return text.codePoints()
        .allMatch(point ->
            switch (Character.getType(point)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.PRIVATE_USE,
                  Character.UNASSIGNED,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  false;
              default -> true;
            });
  }
}
