package io.github.kubewicket.policy.window;

import io.github.kubewicket.policy.NamePatterns;
import io.github.kubewicket.policy.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A time in which acts are refused, or outside of which they are.
///
/// @param name unique, for answers
/// @param mode whether it closes or opens
/// @param times when it is; one of them being so is enough
/// @param namespaces namespaces that it concerns, exact or with one trailing `*`; empty for all
/// @param kinds kinds of workloads that it concerns; empty for all
/// @param tools tools that it concerns; empty for all
/// @param ceiling what may still happen while it refuses: [Tier#NEVER] for nothing, or
///   [Tier#APPROVE] for what a person approves
/// @param reason why, for answers
public record Window(
    String name,
    Mode mode,
    List<Times> times,
    List<String> namespaces,
    Set<String> kinds,
    Set<String> tools,
    Tier ceiling,
    Optional<String> reason) {
  /// What a window does.
  public enum Mode {
    /// Acts are refused inside it. Closing beats opening.
    DENY,
    /// Where any such window concerns an act, it has to be inside one of them.
    ALLOW
  }

  /// Copies the collections.
  public Window {
    times = List.copyOf(times);
    namespaces = List.copyOf(namespaces);
    kinds = Set.copyOf(kinds);
    tools = Set.copyOf(tools);
  }

  /// Whether it concerns workloads of this kind in this namespace, with one tool or another.
  public boolean concerns(String namespace, String workloadKind) {
    return (kinds.isEmpty() || kinds.contains(workloadKind))
        && (namespaces.isEmpty() || NamePatterns.anyFits(namespaces, namespace));
  }
}
