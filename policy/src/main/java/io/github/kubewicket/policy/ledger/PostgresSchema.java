package io.github.kubewicket.policy.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Brings a database's tables up to date, one numbered file after the other.
final class PostgresSchema {
  /// `schema/postgres/…`, in order; the first has number 1.
  static final List<String> FILES = List.of("001-ledger.sql", "002-replicas.sql");

  /// First half of the advisory lock of who migrates; its second half is 0.
  private static final int MIGRATION = 0x6b77_0001;

  private PostgresSchema() {}

  /// Applies what is missing. The connection commits by itself nowhere.
  ///
  /// @throws LedgerException when the tables are newer than this Kubewicket
  static void migrate(Connection connection, PostgresLocation place) throws SQLException {
    if (version(connection, place) < FILES.size()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION + ", 0)");
        statement.execute(
            "CREATE TABLE IF NOT EXISTS ledger_schema ("
                + "version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
        // Asked again under the lock: another replica may have done it meanwhile.
        for (int next = version(connection, place) + 1; next <= FILES.size(); next++) {
          statement.execute(text(FILES.get(next - 1)));
          try (PreparedStatement done =
              Rows.prepare(connection, "INSERT INTO ledger_schema (version) VALUES (?)", next)) {
            done.executeUpdate();
          }
        }
      }
    }
    connection.commit();
  }

  /// 0 where there is nothing yet.
  static int version(Connection connection, PostgresLocation place) throws SQLException {
    int version = 0;
    try (Statement statement = connection.createStatement()) {
      boolean there;
      try (ResultSet row =
          statement.executeQuery("SELECT to_regclass('ledger_schema') IS NOT NULL")) {
        there = row.next() && row.getBoolean(1);
      }
      if (there) {
        try (ResultSet row = statement.executeQuery("SELECT max(version) FROM ledger_schema")) {
          version = row.next() ? row.getInt(1) : 0;
        }
      }
    }
    if (version > FILES.size()) {
      throw new LedgerException(
          "The ledger in %s has schema %d and this Kubewicket knows up to %d; use a newer one."
              .formatted(place, version, FILES.size()));
    }
    return version;
  }

  static String text(String file) {
    String name = "schema/postgres/" + file;
    try (InputStream in = PostgresSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + name + " cannot be read.", e);
    }
  }
}
