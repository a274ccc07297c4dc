package io.github.kubewicket.policy.ledger;

import java.util.function.Function;

/// The one record of what was asked, decided, done and found. Several processes may share it.
public interface Ledger extends AutoCloseable {
  /// Runs `work` in one durable transaction that excludes every other writer.
  ///
  /// @throws LedgerException when the store cannot be read or written; nothing was appended then
  <T> T write(Function<LedgerTransaction, T> work);

  /// Runs `query` on a consistent snapshot.
  ///
  /// @throws LedgerException when the store cannot be read
  <T> T read(Function<LedgerView, T> query);

  @Override
  void close();
}
