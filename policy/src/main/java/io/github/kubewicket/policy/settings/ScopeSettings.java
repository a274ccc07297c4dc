package io.github.kubewicket.policy.settings;

import io.github.kubewicket.policy.rules.LabelSelector;
import java.util.List;
import java.util.Set;

/// The namespaces in which anything may be changed at all, whatever a rule says.
///
/// @param namespaces exact names, or beginnings with one trailing `*`; `*` for all
/// @param neverNamespaces namespaces in which nothing may be changed
public record ScopeSettings(List<String> namespaces, List<String> neverNamespaces) {
  /// Everything but Kubernetes' own namespaces and Kubewicket's.
  public static final ScopeSettings USUAL =
      new ScopeSettings(List.of("*"), List.of("kube-*", "kubewicket", "kubewicket-*"));

  /// A namespace is not production if it says so in the label `env`.
  public static final LabelSelector NON_PRODUCTION =
      new LabelSelector(
          List.of(
              new LabelSelector.Requirement.In(
                  "env", Set.of("dev", "development", "test", "testing", "staging", "sandbox"))));

  /// Copies the lists.
  public ScopeSettings {
    namespaces = List.copyOf(namespaces);
    neverNamespaces = List.copyOf(neverNamespaces);
  }
}
