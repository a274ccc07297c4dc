package io.github.kubewicket.policy.context;

import java.util.Locale;

/// Something besides people that decides about a workload's spec, and would undo a change of it.
///
/// @param kind what it is
/// @param what such as `HorizontalPodAutoscaler/web` or `argocd application shop`
public record FieldOwner(Kind kind, String what) {
  /// Who manages.
  public enum Kind {
    /// A HorizontalPodAutoscaler or a KEDA ScaledObject: owns the replicas.
    AUTOSCALER,
    /// Argo CD, Flux or a similar controller: owns the whole manifest.
    GITOPS;

    /// The name as answers spell it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
