package io.github.kubewicket.policy.settings;

import java.util.List;
import java.util.Set;

/// Something that nobody may do.
///
/// @param kinds kinds such as `NetworkPolicy`; `*` for all
/// @param tools tools by name; empty for all
/// @param namespaces exact names, or beginnings with one trailing `*`; empty for all
public record NeverItem(Set<String> kinds, Set<String> tools, List<String> namespaces) {
  /// Copies the collections.
  public NeverItem {
    kinds = Set.copyOf(kinds);
    tools = Set.copyOf(tools);
    namespaces = List.copyOf(namespaces);
  }
}
