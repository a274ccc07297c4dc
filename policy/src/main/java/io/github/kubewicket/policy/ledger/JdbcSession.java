package io.github.kubewicket.policy.ledger;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// What is done within one open transaction, whichever database it is. Who makes it begins the
/// transaction before and ends it after.
///
/// @param statements of the connection that the transaction is open on
/// @param checkpoints of the ledger; used by one writer at a time
/// @param settledThrough no intent up to this number is open any more
record JdbcSession(
    Statements statements,
    Dialect dialect,
    InstantSource clock,
    CheckpointLog checkpoints,
    AtomicLong settledThrough) {
  /// What a writer did, before it is committed.
  ///
  /// @param checkpoint to be shown to others once the commit is done
  record Written<T>(T result, Optional<Checkpoint> checkpoint) {}

  <T> T read(Function<? super LedgerView, T> query) {
    JdbcView view = new JdbcView(statements, dialect, clock, settledThrough);
    try {
      return query.apply(view);
    } finally {
      view.expire();
    }
  }

  <T> Written<T> write(Function<? super LedgerTransaction, T> work) throws SQLException {
    JdbcTransaction transaction = new JdbcTransaction(statements, dialect, clock, settledThrough);
    try {
      checkpoints.requireIntact(statements.connection(), transaction.last());
      T result = work.apply(transaction);
      if (transaction.failure().isPresent()) {
        throw transaction.failure().get();
      }
      if (transaction.appended().isEmpty()) {
        return new Written<>(result, Optional.empty());
      }
      Checkpoint checkpoint =
          checkpoints.append(statements.connection(), transaction.appended().getLast());
      boolean shown = transaction.appended().stream().anyMatch(CheckpointFeed::shows);
      return new Written<>(result, shown ? Optional.of(checkpoint) : Optional.empty());
    } finally {
      transaction.expire();
    }
  }
}
