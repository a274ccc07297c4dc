package io.github.kubewicket.policy.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/// Opens connections to a ledger's file and brings its schema up to date.
final class LedgerDatabase {
  /// The newest `schema/N.sql`; the database keeps its own in `PRAGMA user_version`.
  static final int SCHEMA = 2;

  /// Far above the 64 KiB of the longest body.
  private static final int MAX_VALUE_BYTES = 1 << 20;

  private LedgerDatabase() {}

  /// A connection that reads and writes; the caller closes it.
  static Connection open(StateDirectory state, Duration patience) throws SQLException {
    unpackNativeLibraryIn(state.nativeLibrary());
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(4 << 20);
    Connection connection = config.createConnection(url(state.ledger()));
    try {
      distrust(connection);
      useWal(connection, patience);
      migrate(connection, state.ledger());
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Tells the driver where to unpack its native library, unless somebody told it already: the
  /// system's own temporary directory is often mounted so that nothing in it can be executed.
  static void unpackNativeLibraryIn(Path directory) {
    if (System.getProperty("org.sqlite.tmpdir") == null && Files.isDirectory(directory)) {
      System.setProperty("org.sqlite.tmpdir", directory.toString());
    }
  }

  /// Makes SQLite careful with a file that somebody else could have prepared: nothing in its schema
  /// may call functions with side effects, and no value can be larger than the memory.
  static void distrust(Connection connection) throws SQLException {
    execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    connection
        .unwrap(SQLiteConnection.class)
        .setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  }

  static String url(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw new LedgerException(
          "The ledger's path %s has a question mark, which the SQLite driver takes for the start of options; choose another state directory."
              .formatted(file));
    }
    return "jdbc:sqlite:" + file;
  }

  static void execute(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  static String pragma(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  static String schema(int version) {
    String name = "schema/" + version + ".sql";
    try (InputStream in = LedgerDatabase.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + name + " cannot be read.", e);
    }
  }

  /// SQLite does not wait for its busy timeout when two connections turn a new file to WAL at once,
  /// so this does.
  private static void useWal(Connection connection, Duration patience) throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        String mode = pragma(connection, "journal_mode = WAL");
        if (!mode.equals("wal")) {
          throw new LedgerException(
              "The ledger's disk cannot hold a write-ahead log (journal mode is \""
                  + mode
                  + "\"); use a local disk.");
        }
        return;
      } catch (SQLException e) {
        if ((e.getErrorCode() & 0xff) != 5 || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static void migrate(Connection connection, Path file) throws SQLException {
    if (version(connection, file) == SCHEMA) {
      return;
    }
    execute(connection, "BEGIN IMMEDIATE");
    try {
      // Asked again under the lock: another process may have done it meanwhile.
      for (int next = version(connection, file) + 1; next <= SCHEMA; next++) {
        execute(connection, schema(next));
        execute(connection, "PRAGMA user_version = " + next);
      }
      execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException e) {
      execute(connection, "ROLLBACK");
      throw e;
    }
  }

  private static int version(Connection connection, Path file) throws SQLException {
    int version = Integer.parseInt(pragma(connection, "user_version"));
    if (version < 0 || version > SCHEMA) {
      throw new LedgerException(
          "The ledger %s has schema %d and this Kubewicket knows up to %d; use a newer one."
              .formatted(file, version, SCHEMA));
    }
    return version;
  }
}
