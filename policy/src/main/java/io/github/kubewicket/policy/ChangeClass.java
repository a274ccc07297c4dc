package io.github.kubewicket.policy;

import java.util.Locale;

/// What kind of act a write tool does; budgets are kept per class.
public enum ChangeClass {
  /// Pods are replaced by their controller: `restart_workload`, `evict_pod`.
  RESTART,
  /// The number of replicas changes: `scale_workload`.
  SCALE;

  /// The name as `tools.yaml` and the ledger spell it: `restart`, `scale`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
