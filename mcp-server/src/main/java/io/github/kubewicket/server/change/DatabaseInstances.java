package io.github.kubewicket.server.change;

import io.github.kubewicket.policy.ledger.LedgerException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replicas that share a PostgreSQL. Each holds an advisory lock on a connection of its own, which
/// the server lets go of when the connection ends, and renews a lease in the table `replicas`. It
/// is dead when neither is there.
///
/// The lock alone would not do: a restart of PostgreSQL, or a network that is cut, takes it from a
/// process that is in the middle of an act. The lease alone would not do: a process that stands
/// still for a minute, and goes on, would be taken for dead while its connection lives. A lease is
/// longer than any single request to Kubernetes, and a process that cannot reach the database
/// begins no act, since it cannot write the intent.
public final class DatabaseInstances implements Instances {
  /// How long a process without its lock still counts as alive after it was last heard of.
  public static final Duration LEASE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseInstances.class);
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /// The advisory lock of a name in this ledger: the two halves of its hash.
  private static final String KEY = "hashtextextended(?, 'replicas'::regclass::oid::bigint)";

  private static final String ANNOUNCE =
      "INSERT INTO replicas (name, beat_at) VALUES (?, clock_timestamp())"
          + " ON CONFLICT (name) DO UPDATE SET beat_at = clock_timestamp()";

  /// `pg_locks` splits the key of one number:
  /// <https://www.postgresql.org/docs/current/view-pg-locks.html>
  private static final String ALIVE =
      """
      SELECT EXISTS (
          SELECT 1 FROM replicas
          WHERE name = ? AND beat_at > clock_timestamp() - make_interval(secs => ?))
        OR EXISTS (
          SELECT 1 FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND ((classid::bigint << 32) | objid::bigint) = %s)
      """
          .formatted(KEY);

  private final Supplier<Connection> connect;
  private final String own;
  private final Duration lease;
  private final Duration beat;
  private @Nullable Connection held;
  private @Nullable Thread heart;

  /// Names this process; nothing is connected before the first use.
  ///
  /// @param connect opens a connection to the ledger's database; throws [LedgerException]
  /// @param own this process's name, `[a-z0-9-]{1,64}`, unique among all that ever were
  public DatabaseInstances(Supplier<Connection> connect, String own) {
    this(connect, own, LEASE, BEAT);
  }

  DatabaseInstances(Supplier<Connection> connect, String own, Duration lease, Duration beat) {
    if (!NAME.matcher(own).matches()) {
      throw new IllegalArgumentException("An instance's name is [a-z0-9-]{1,64}.");
    }
    this.connect = connect;
    this.own = own;
    this.lease = lease;
    this.beat = beat;
  }

  @Override
  public String own() {
    return own;
  }

  @Override
  public synchronized void announce() {
    if (heart == null) {
      try {
        renew();
      } catch (SQLException e) {
        throw new LedgerException(
            "This replica could not make itself known in the ledger's database; try again.", e);
      }
      heart = Thread.ofVirtual().name("lease").start(this::keep);
    }
  }

  @Override
  public boolean alive(String instance) {
    if (instance.equals(own)) {
      return true;
    }
    if (!NAME.matcher(instance).matches()) {
      return false;
    }
    try (Connection connection = connect.get();
        PreparedStatement question = connection.prepareStatement(ALIVE)) {
      question.setString(1, instance);
      question.setDouble(2, lease.toMillis() / 1_000.0);
      question.setString(3, instance);
      try (ResultSet row = question.executeQuery()) {
        return !row.next() || row.getBoolean(1);
      }
    } catch (SQLException | LedgerException e) {
      return true;
    }
  }

  @Override
  public synchronized void close() {
    Thread beating = heart;
    heart = null;
    if (beating == null) {
      return;
    }
    beating.interrupt();
    Connection connection = held;
    held = null;
    try (Connection last = connection == null ? connect.get() : connection;
        PreparedStatement farewell = last.prepareStatement("DELETE FROM replicas WHERE name = ?")) {
      farewell.setString(1, own);
      int unused = farewell.executeUpdate();
    } catch (SQLException | LedgerException e) {
      // The lease ends by itself.
      LOG.debug("No farewell: {}", e.getMessage());
    }
  }

  private void keep() {
    while (true) {
      try {
        Thread.sleep(beat);
      } catch (InterruptedException e) {
        return;
      }
      try {
        if (!beatOnce()) {
          return;
        }
      } catch (SQLException | LedgerException e) {
        LOG.warn("The lease could not be renewed, and is tried again: {}", e.getMessage());
      }
    }
  }

  private synchronized boolean beatOnce() throws SQLException {
    if (heart == null) {
      return false;
    }
    renew();
    return true;
  }

  /// Renews the lease first: it is what holds while a lock of an older connection still lingers.
  private void renew() throws SQLException {
    Connection connection = held;
    try {
      if (connection == null) {
        connection = connect.get();
        try (PreparedStatement old =
            connection.prepareStatement(
                "DELETE FROM replicas WHERE beat_at < clock_timestamp() - interval '7 days'")) {
          int unused = old.executeUpdate();
        }
      }
      run(connection, ANNOUNCE);
      if (held == null) {
        run(connection, "SELECT pg_try_advisory_lock_shared(" + KEY + ")");
        held = connection;
      }
    } catch (SQLException e) {
      held = null;
      if (connection != null) {
        connection.close();
      }
      throw e;
    }
  }

  private void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, own);
      boolean unused = statement.execute();
    }
  }
}
