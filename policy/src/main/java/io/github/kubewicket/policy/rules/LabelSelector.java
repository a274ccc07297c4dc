package io.github.kubewicket.policy.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A label selector in Kubernetes' own syntax: `app=web,tier in (a, b),!legacy`. All its
/// requirements must hold.
///
/// @param requirements in the order written; empty matches everything
public record LabelSelector(List<Requirement> requirements) {
  /// One requirement on one label.
  public sealed interface Requirement {
    /// `key=value` or `key in (a, b)`
    record In(String key, Set<String> values) implements Requirement {}

    /// `key!=value` or `key notin (a, b)`; also holds where the label is absent
    record NotIn(String key, Set<String> values) implements Requirement {}

    /// `key`
    record Exists(String key) implements Requirement {}

    /// `!key`
    record Absent(String key) implements Requirement {}
  }

  /// Matches everything.
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  /// Copies the requirements.
  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// Whether these labels satisfy every requirement.
  public boolean matches(Map<String, String> labels) {
    return requirements.stream()
        .allMatch(requirement ->
            switch (requirement) {
              case Requirement.In(String key, Set<String> values) ->
                  labels.containsKey(key) && values.contains(labels.get(key));
              case Requirement.NotIn(String key, Set<String> values) ->
                  !labels.containsKey(key) || !values.contains(labels.get(key));
              case Requirement.Exists(String key) -> labels.containsKey(key);
              case Requirement.Absent(String key) -> !labels.containsKey(key);
            });
  }
}
