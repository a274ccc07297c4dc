package io.github.kubewicket.policy.ledger;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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

  private final StateDirectory state;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Dialect dialect;
  private final CheckpointFeed feed;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable JdbcSession session;
  private boolean closed;

  private interface Work<T> {
    T in(JdbcSession session) throws SQLException;
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
    this.dialect = new SqliteDialect(state.ledger());
    this.feed = new CheckpointFeed(sink);
    this.patience = patience;
  }

  @Override
  public <T> T write(Function<LedgerTransaction, T> work) {
    JdbcSession.Written<T> written = transact("BEGIN IMMEDIATE", session -> session.write(work));
    written.checkpoint().ifPresent(feed::publish);
    return written.result();
  }

  @Override
  public <T> T read(Function<LedgerView, T> query) {
    return transact("BEGIN", session -> session.read(query));
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

  private <T> T transact(String begin, Work<T> work) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("A ledger transaction cannot begin within another one.");
    }
    lock.lock();
    try {
      boolean done = false;
      try {
        JdbcSession current = connect();
        Connection connection = current.statements().connection();
        LedgerDatabase.execute(connection, begin);
        T result = work.in(current);
        LedgerDatabase.execute(connection, "COMMIT");
        done = true;
        return result;
      } catch (SQLException e) {
        throw dialect.failure(e);
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

  private JdbcSession connect() throws SQLException {
    if (closed) {
      throw new LedgerException("The ledger is closed because the process is ending.");
    }
    if (session == null) {
      state.prepare();
      Connection connection = LedgerDatabase.open(state, patience);
      try {
        CheckpointKey key = CheckpointKey.open(state, random);
        session =
            new JdbcSession(
                new Statements(connection),
                dialect,
                clock,
                new CheckpointLog(key),
                new AtomicLong());
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
        session.statements().connection().close();
      } catch (SQLException e) {
        LOG.warn("The ledger's connection did not close cleanly: {}", e.getMessage());
      }
      session = null;
    }
  }
}
