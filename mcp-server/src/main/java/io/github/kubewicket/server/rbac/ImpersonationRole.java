package io.github.kubewicket.server.rbac;

import io.github.kubewicket.policy.settings.Impersonation;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes the right to impersonate callers as YAML, to go behind what [Manifests] writes. Users and
/// groups are named one by one where the templates are fixed; RBAC has no patterns for the others.
public final class ImpersonationRole {
  private static final String EXTRA = "userextras/kubewicket.dev/request-id";

  private ImpersonationRole() {}

  /// The ClusterRole and its binding; empty where nobody is impersonated.
  ///
  /// @param namespace where the server's ServiceAccount is, a DNS label
  /// @param name the ServiceAccount's name, and the beginning of the role's name, a DNS label
  public static String of(Collection<Impersonation> all, String namespace, String name) {
    if (all.isEmpty()) {
      return "";
    }
    List<String> users = all.stream().map(Impersonation::user).toList();
    List<String> groups = all.stream().flatMap(it -> it.groups().stream()).toList();
    return """
    ---
    # In callers' names. Whoever has this account's token can become each of these users and groups
    # for Kubernetes, so keep it from everybody else.
    %s%sapiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: %s-impersonate
      labels: {kubewicket.dev/rbac: %s}
    rules:
    %s%s  - apiGroups: [authentication.k8s.io]
        resources: [%s]
        verbs: [impersonate]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: %s-impersonate
      labels: {kubewicket.dev/rbac: %s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s-impersonate}
    subjects:
      - {kind: ServiceAccount, namespace: %s, name: %s}
    """
        .formatted(
            warning("users", users),
            warning("groups", groups),
            name,
            name,
            rule("users", users),
            rule("groups", groups),
            EXTRA,
            name,
            name,
            name,
            namespace,
            name);
  }

  private static String warning(String what, List<String> templates) {
    return isFixed(templates)
        ? ""
        : """
        # RBAC has no patterns, so the templates of %s make this ALL %s, Kubernetes' own included. Name
        # them one by one in callers[].impersonate to have less.
        """
            .formatted(what, what);
  }

  private static String rule(String what, List<String> templates) {
    if (templates.isEmpty()) {
      return "";
    }
    SortedSet<String> names = new TreeSet<>(templates);
    String only =
        isFixed(templates)
            ? names.stream()
                .map(it -> JsonNodeFactory.instance.stringNode(it).toString())
                .collect(Collectors.joining(", ", "    resourceNames: [", "]\n"))
            : "";
    return """
      - apiGroups: [""]
        resources: [%s]
    %s    verbs: [impersonate]
    """
        .formatted(what, only);
  }

  private static boolean isFixed(List<String> templates) {
    return templates.stream().allMatch(ImpersonationRole::isFixed);
  }

  /// Whether it stands for the same user or group whoever calls.
  static boolean isFixed(String template) {
    return !template.contains("{name}") && !template.contains("{groups}");
  }
}
