package io.github.kubewicket.policy;

import java.util.Locale;

/// What a namespace is for. One that does not say counts as production.
public enum Environment {
  /// People depend on it, or nobody said that they do not.
  PRODUCTION,
  /// Its labels say that it is for development, tests or staging.
  OTHER;

  /// The name as `tools.yaml` and the ledger spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
