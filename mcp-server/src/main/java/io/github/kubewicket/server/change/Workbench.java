package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.ledger.Entry;

/// Where plans become changes: the write side of a cluster.
public interface Workbench {
  /// Reads the target anew and takes the change in hand.
  Change take(Plan plan);

  /// Looks at the object of an intent that has no outcome.
  Found find(Entry intent);
}
