package io.github.kubewicket.policy.ledger;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger in one SQLite file, which several processes of one user may share.
///
/// Constructing it touches nothing; the first use opens the file. One connection, one transaction
/// at a time per process; a write takes SQLite's write lock before it reads, waits up to 5 seconds
/// for another process, and is on the disk when it returns. After a failure the connection is
/// dropped, and the next call starts afresh.
public final class SqliteLedger implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteLedger.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int EVERY = 100;
  private static final Set<EntryType> PUBLISHED =
      EnumSet.of(
          EntryType.REQUESTED,
          EntryType.APPROVED,
          EntryType.REJECTED,
          EntryType.REVOKED,
          EntryType.INTENT,
          EntryType.PAUSED,
          EntryType.RESUMED,
          EntryType.RELEASED,
          EntryType.FROZEN,
          EntryType.TOKEN_ISSUED,
          EntryType.TOKEN_REVOKED,
          EntryType.OUTCOME);

  private final StateDirectory state;
  private final InstantSource clock;
  private final SecureRandom random;
  private final CheckpointSink sink;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Session session;
  private boolean closed;

  private record Session(
      Statements statements, CheckpointLog checkpoints, AtomicLong settledThrough) {
    Connection connection() {
      return statements.connection();
    }
  }

  private record Written<T>(T result, Optional<Checkpoint> published) {}

  private interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /// A ledger in this state directory.
  ///
  /// @param random makes the checkpoint key at the very first use
  public SqliteLedger(
      StateDirectory state, InstantSource clock, SecureRandom random, CheckpointSink sink) {
    this(state, clock, random, sink, PATIENCE);
  }

  SqliteLedger(
      StateDirectory state,
      InstantSource clock,
      SecureRandom random,
      CheckpointSink sink,
      Duration patience) {
    this.state = state;
    this.clock = clock;
    this.random = random;
    this.sink = sink;
    this.patience = patience;
  }

  @Override
  public <T> T write(Function<LedgerTransaction, T> work) {
    Written<T> written = transact("BEGIN IMMEDIATE", session -> write(session, work));
    written.published().ifPresent(this::publish);
    return written.result();
  }

  @Override
  public <T> T read(Function<LedgerView, T> query) {
    return transact(
        "BEGIN",
        session -> {
          SqliteView view =
              new SqliteView(session.statements(), state.ledger(), clock, session.settledThrough());
          try {
            return query.apply(view);
          } finally {
            view.expire();
          }
        });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      disconnect();
    } finally {
      lock.unlock();
    }
  }

  private <T> Written<T> write(Session session, Function<LedgerTransaction, T> work)
      throws SQLException {
    SqliteTransaction transaction =
        new SqliteTransaction(
            session.statements(), state.ledger(), clock, session.settledThrough());
    try {
      session.checkpoints().requireIntact(session.connection(), transaction.last());
      T result = work.apply(transaction);
      if (transaction.failure().isPresent()) {
        throw transaction.failure().get();
      }
      if (transaction.appended().isEmpty()) {
        return new Written<>(result, Optional.empty());
      }
      Checkpoint checkpoint =
          session.checkpoints().append(session.connection(), transaction.appended().getLast());
      boolean published =
          transaction.appended().stream()
              .anyMatch(entry -> PUBLISHED.contains(entry.type()) || entry.seq() % EVERY == 0);
      return new Written<>(result, published ? Optional.of(checkpoint) : Optional.empty());
    } finally {
      transaction.expire();
    }
  }

  private <T> T transact(String begin, Work<T> work) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("A ledger transaction cannot begin within another one.");
    }
    lock.lock();
    try {
      boolean done = false;
      try {
        Session current = connect();
        LedgerDatabase.execute(current.connection(), begin);
        T result = work.in(current);
        LedgerDatabase.execute(current.connection(), "COMMIT");
        done = true;
        return result;
      } catch (SQLException e) {
        throw LedgerFailure.of(e, state.ledger());
      } finally {
        if (!done) {
          // Closing rolls back, whatever state the failure left the connection in.
          disconnect();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Session connect() throws SQLException {
    if (closed) {
      throw new LedgerException("The ledger is closed because the process is ending.");
    }
    if (session == null) {
      state.prepare();
      Connection connection = LedgerDatabase.open(state, patience);
      try {
        CheckpointKey key = CheckpointKey.open(state, random);
        session = new Session(new Statements(connection), new CheckpointLog(key), new AtomicLong());
      } catch (IOException e) {
        throw new LedgerException(
            "The checkpoint key %s cannot be read or made: %s.".formatted(state.checkpointKey(), e),
            e);
      } finally {
        if (session == null) {
          connection.close();
        }
      }
    }
    return session;
  }

  private void disconnect() {
    if (session != null) {
      try {
        session.connection().close();
      } catch (SQLException e) {
        LOG.warn("The ledger's connection did not close cleanly: {}", e.getMessage());
      }
      session = null;
    }
  }

  private void publish(Checkpoint checkpoint) {
    try {
      sink.publish(checkpoint);
    } catch (RuntimeException e) {
      LOG.warn("A checkpoint could not be published: {}", e.getMessage());
    }
  }
}
