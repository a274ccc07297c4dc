package io.github.kubewicket.policy.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The tools that a policy may name. The sets keep their order; a policy without `tools` has the
/// read tools in this order.
///
/// @param read read tools by name
/// @param write write tools by name
/// @param kinds the kinds that each write tool can change, such as `Deployment`; a tool that is
///   absent here takes any kind
public record KnownTools(Set<String> read, Set<String> write, Map<String, Set<String>> kinds) {
  /// Copies the sets and refuses a tool that both reads and writes.
  public KnownTools {
    read = Collections.unmodifiableSet(new LinkedHashSet<>(read));
    write = Collections.unmodifiableSet(new LinkedHashSet<>(write));
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    kinds.forEach(
        (tool, set) -> copy.put(tool, Collections.unmodifiableSet(new LinkedHashSet<>(set))));
    kinds = Collections.unmodifiableMap(copy);
    if (!Collections.disjoint(read, write)) {
      throw new IllegalArgumentException("A tool either reads or writes.");
    }
  }

  /// Tools whose kinds are not checked.
  public KnownTools(Set<String> read, Set<String> write) {
    this(read, write, Map.of());
  }
}
