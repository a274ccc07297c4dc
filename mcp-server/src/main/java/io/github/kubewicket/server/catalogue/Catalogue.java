package io.github.kubewicket.server.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// All tools that Kubewicket has, whether or not `tools.yaml` lets anybody see them.
public final class Catalogue {
  private final Map<String, Tool> byName = new LinkedHashMap<>();

  /// Keeps the order given.
  public Catalogue(List<Tool> tools) {
    for (Tool tool : tools) {
      if (byName.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException("Two tools are called " + tool.name() + ".");
      }
    }
  }

  /// Every tool, in a stable order.
  public List<Tool> tools() {
    return List.copyOf(byName.values());
  }

  /// The tool with this name.
  public Optional<Tool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// The names of the tools that change nothing.
  public Set<String> readTools() {
    return names(tool -> !(tool instanceof WriteTool<?>));
  }

  /// The names of the tools that change something.
  public Set<String> writeTools() {
    return names(tool -> tool instanceof WriteTool<?>);
  }

  private Set<String> names(Predicate<Tool> kind) {
    Set<String> names = new java.util.LinkedHashSet<>();
    for (Tool tool : byName.values()) {
      if (kind.test(tool)) {
        names.add(tool.name());
      }
    }
    return names;
  }
}
