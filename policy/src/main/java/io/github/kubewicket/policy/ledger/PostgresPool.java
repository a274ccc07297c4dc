package io.github.kubewicket.policy.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// A few connections that are kept open. One that fails is closed and replaced; while PostgreSQL is
/// away each call waits for it for at most three seconds.
final class PostgresPool implements AutoCloseable {
  private static final int MOST = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PostgresLocation place;
  private final HikariDataSource source;

  PostgresPool(PostgresLocation place) {
    this.place = place;
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setDataSource(place.source());
    config.setCredentialsProvider(() -> {
      PostgresLocation.Credentials now = place.credentials();
      return Credentials.of(now.user(), now.password());
    });
    config.setAutoCommit(false);
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setValidationTimeout(1_000);
    // Opened by the first call, which says what is wrong.
    config.setInitializationFailTimeout(-1);
    source = new HikariDataSource(config);
  }

  /// A connection without autocommit; the caller gives it back with [#giveBack] or [#drop].
  Connection take() throws SQLException {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      // A password file that is gone is told as such; the pool only says that it has no connection.
      PostgresLocation.Credentials unused = place.credentials();
      throw e;
    }
  }

  void giveBack(Connection connection) throws SQLException {
    connection.close();
  }

  /// Undoes what is open, and closes the connection, whatever state a failure left it in.
  void drop(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // It is broken, and so nothing was committed that has not been already.
    } finally {
      source.evictConnection(connection);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
