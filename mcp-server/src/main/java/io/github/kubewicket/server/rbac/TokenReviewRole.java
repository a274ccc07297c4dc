package io.github.kubewicket.server.rbac;

/// Writes the right to ask whose tokens are as YAML, to go behind what [Manifests] writes.
public final class TokenReviewRole {
  private TokenReviewRole() {}

  /// The ClusterRole and its binding.
  ///
  /// @param namespace where the server's ServiceAccount is, a DNS label
  /// @param name the ServiceAccount's name, and the beginning of the role's name, a DNS label
  public static String of(String namespace, String name) {
    return """
    ---
    # For http.serviceAccounts: to ask whose a ServiceAccount's token is. It shows whose a token is to
    # whoever has it already, and nothing else.
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: %1$s-tokens
      labels: {kubewicket.dev/rbac: %1$s}
    rules:
      - apiGroups: [authentication.k8s.io]
        resources: [tokenreviews]
        verbs: [create]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: %1$s-tokens
      labels: {kubewicket.dev/rbac: %1$s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s-tokens}
    subjects:
      - {kind: ServiceAccount, namespace: %2$s, name: %1$s}
    """
        .formatted(name, namespace);
  }
}
