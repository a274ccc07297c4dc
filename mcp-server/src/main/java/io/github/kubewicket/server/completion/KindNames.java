package io.github.kubewicket.server.completion;

import io.github.kubewicket.server.cluster.KindInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The names under which kinds are suggested: the plural, with its group where another kind has the
/// same, and the short names.
final class KindNames {
  private KindNames() {}

  /// Of all kinds of which an object can be read.
  ///
  /// @param namespaced only those whose objects live in a namespace, or only those that do not
  /// @param shorts short names as well
  static List<String> of(List<KindInfo> kinds, Optional<Boolean> namespaced, boolean shorts) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (KindInfo kind : kinds) {
      String plural = taken.add(kind.plural()) ? kind.plural() : kind.plural() + "." + kind.group();
      if (kind.verbs().contains("get")
          && namespaced.orElse(kind.namespaced()) == kind.namespaced()) {
        names.add(plural);
        if (shorts) {
          kind.shortNames().stream().filter(taken::add).forEach(names::add);
        }
      }
    }
    return names.stream().distinct().sorted().toList();
  }
}
