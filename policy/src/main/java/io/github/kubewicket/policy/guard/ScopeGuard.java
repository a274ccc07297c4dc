package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.NamePatterns;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.settings.ScopeSettings;

/// Nothing outside of the scope is changed, whatever a rule says; by default nothing in Kubernetes'
/// own namespaces and in Kubewicket's.
final class ScopeGuard implements Guard {
  @Override
  public String name() {
    return "scope";
  }

  @Override
  public Finding look(Case it) {
    ScopeSettings scope = it.settings().scope();
    String namespace = it.attempt().target().namespace();
    if (namespace.isEmpty()) {
      return no("An object without a namespace is", "scope.namespaces");
    }
    if (!NamePatterns.anyFits(scope.namespaces(), namespace)) {
      return no("The namespace " + namespace + " is", "scope.namespaces");
    }
    if (NamePatterns.anyFits(scope.neverNamespaces(), namespace)) {
      return no("The namespace " + namespace + " is", "scope.neverNamespaces");
    }
    return new Finding.Passed("the namespace " + namespace + " is in scope");
  }

  private static Finding no(String what, String key) {
    return new Finding.Refused(
        Denial.of(
                Reason.OUT_OF_SCOPE,
                what + " out of the scope in which anything may be changed.",
                "Hand over to a person; no approval lifts this.")
            .byRule(key));
  }
}
