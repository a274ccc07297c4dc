package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ledger in a PostgreSQL that several replicas share.
///
/// A write takes one advisory lock before it looks at anything, so that writers of all replicas
/// come one after the other and each sees what the one before it committed: budgets are exact.
/// Reads look at one snapshot and wait for nobody. Whatever fails, nothing takes much longer than
/// five seconds, and the next call starts afresh.
///
/// Where the answer to a commit is lost, the call fails, although the entries may be there: what
/// was not answered is not done, and an intent that is there after all is settled like that of a
/// process that crashed.
public final class PostgresLedger implements Ledger {
  /// First half of the advisory lock of who writes; its second half is the table's own number.
  private static final int WRITER = 0x6b77_0002;

  /// A transaction's first statement takes its snapshot, so with any stricter isolation the writer
  /// would see what was there before it waited for the lock.
  static final String BEGIN_WRITE =
      "SELECT pg_advisory_xact_lock(%d, ('entries'::regclass::oid::bigint - 2147483648)::integer)"
          .formatted(WRITER);

  private static final String BEGIN_READ =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private static final long TURN_SECONDS = 2;

  private final PostgresLocation place;
  private final CheckpointKeyPlace keyPlace;
  private final InstantSource clock;
  private final Dialect dialect;
  private final CheckpointFeed feed;

  /// Keeps this process's writers from taking every connection while they wait for the lock.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final ScopedValue<Boolean> within = ScopedValue.newInstance();
  private final AtomicLong seen = new AtomicLong();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Opened opened;
  private volatile @Nullable Memory memory;
  private volatile boolean closed;

  private record Opened(PostgresPool pool, CheckpointKey key) {}

  /// What one look need not find out again; forgotten after every failure.
  private record Memory(CheckpointLog checkpoints, AtomicLong settledThrough) {}

  private interface Work<T> {
    T in(JdbcSession session) throws SQLException;
  }

  /// A ledger there. Constructing it touches nothing; the first use connects, and brings the tables
  /// up to date.
  public PostgresLedger(
      PostgresLocation place,
      CheckpointKeyPlace keyPlace,
      InstantSource clock,
      CheckpointSink sink) {
    this.place = place;
    this.keyPlace = keyPlace;
    this.clock = clock;
    this.dialect = new PostgresDialect(place);
    this.feed = new CheckpointFeed(sink);
  }

  @Override
  public <T> T write(Function<LedgerTransaction, T> work) {
    requireOutside();
    JdbcSession.Written<T> written;
    take(turn);
    try {
      long before = seen.get();
      AtomicLong newest = new AtomicLong();
      written =
          transact(
              BEGIN_WRITE,
              session ->
                  session.write(transaction -> {
                    requireReaches(transaction, before);
                    T result = work.apply(transaction);
                    newest.set(transaction.last().map(Entry::seq).orElse(0L));
                    return result;
                  }));
      hasReached(newest.get());
    } finally {
      turn.unlock();
    }
    written.checkpoint().ifPresent(feed::publish);
    return written.result();
  }

  @Override
  public <T> T read(Function<LedgerView, T> query) {
    requireOutside();
    // Taken before the snapshot is, or a writer that commits meanwhile would look like a loss.
    long before = seen.get();
    return transact(
        BEGIN_READ,
        session ->
            session.read(view -> {
              requireReaches(view, before);
              return query.apply(view);
            }));
  }

  @Override
  public void close() {
    closed = true;
    opening.lock();
    try {
      Opened open = opened;
      if (open != null) {
        open.pool().close();
        opened = null;
      }
    } finally {
      opening.unlock();
    }
  }

  private <T> T transact(String begin, Work<T> work) {
    // An interrupt would close the socket in the middle of what has to be recorded.
    boolean interrupted = Thread.interrupted();
    try {
      return ScopedValue.where(within, true).call(() -> transact(open(), begin, work));
    } catch (SQLException e) {
      throw dialect.failure(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T transact(Opened open, String begin, Work<T> work) throws SQLException {
    Memory remembered = remembered(open);
    Connection connection = open.pool().take();
    boolean done = false;
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute(begin);
      }
      T result =
          work.in(
              new JdbcSession(
                  new Statements(connection),
                  dialect,
                  clock,
                  remembered.checkpoints(),
                  remembered.settledThrough()));
      connection.commit();
      done = true;
      return result;
    } finally {
      if (done) {
        open.pool().giveBack(connection);
      } else {
        memory = null;
        open.pool().drop(connection);
      }
    }
  }

  private Memory remembered(Opened open) {
    Memory now = memory;
    if (now == null) {
      now = new Memory(new CheckpointLog(open.key()), new AtomicLong());
      memory = now;
    }
    return now;
  }

  private Opened open() throws SQLException {
    Opened open = opened;
    if (open != null) {
      return open;
    }
    take(opening);
    try {
      if (closed) {
        throw new LedgerException("The ledger is closed because the process is ending.");
      }
      open = opened;
      if (open == null) {
        CheckpointKey key = CheckpointKey.at(keyPlace);
        try (Connection connection = place.connect()) {
          connection.setAutoCommit(false);
          PostgresSchema.migrate(connection, place);
        }
        open = new Opened(new PostgresPool(place), key);
        opened = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  /// A failover to a standby that lagged behind takes back entries, and with them charges.
  private void requireReaches(LedgerView view, long before) {
    long newest = view.last().map(Entry::seq).orElse(0L);
    if (newest < before) {
      throw new LedgerException(
          "The ledger in %s ends at entry %d and this process has seen entry %d: PostgreSQL lost entries; restore them, or restart Kubewicket to go on without."
              .formatted(place, newest, before));
    }
    hasReached(newest);
  }

  private void hasReached(long seq) {
    long unused = seen.accumulateAndGet(seq, Math::max);
  }

  private void requireOutside() {
    if (within.isBound()) {
      throw new IllegalStateException("A ledger transaction cannot begin within another one.");
    }
  }

  private void take(ReentrantLock lock) {
    boolean taken = false;
    try {
      taken = lock.tryLock(TURN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!taken) {
      throw new LedgerException(
          "Too many calls wait for the ledger in %s, which is slow or away; try again."
              .formatted(place));
    }
  }
}
