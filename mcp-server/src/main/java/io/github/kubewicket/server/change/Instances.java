package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.ledger.LedgerException;

/// Knows which server processes that share a ledger are alive.
public interface Instances extends AutoCloseable {
  /// This process's name, `[a-z0-9-]{1,64}`, unique among all that ever were.
  String own();

  /// Makes this process known as alive; must be done before the first intent is written.
  ///
  /// @throws LedgerException when the others could not know
  void announce();

  /// Whether the process with this name is alive. In doubt it is: its changes are left alone.
  boolean alive(String instance);

  /// Says farewell.
  @Override
  void close();
}
