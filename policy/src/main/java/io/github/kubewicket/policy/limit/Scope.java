package io.github.kubewicket.policy.limit;

import java.util.Locale;

/// What a budget counts over, from the narrowest to the widest.
public enum Scope {
  /// One pod (owner and name: a replacement has a new UID).
  POD,
  /// One workload.
  WORKLOAD,
  /// One namespace.
  NAMESPACE,
  /// One cluster.
  CLUSTER,
  /// One tool in one cluster.
  TOOL,
  /// One caller, over all clusters.
  CALLER;

  /// The name as `tools.yaml` and the ledger spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
