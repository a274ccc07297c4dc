package io.github.kubewicket.demo.tour;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// One byte of a copied ledger, changed by somebody who knows SQL.
///
/// @param entry the number of the entry that was changed
/// @param sql the statement
/// @param refusal what the database said to it before its trigger was dropped
record Forgery(long entry, String sql, String refusal) {
  private static final String TRIGGER = "entries_are_never_changed";

  /// Copies the ledger and changes the copy.
  static Forgery of(Path ledger, Path copy) throws SQLException {
    try (Connection original = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = original.createStatement()) {
      // Not a copy of the file: what SQLite still keeps beside it would be missing.
      statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
    }
    try (Connection forged = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = forged.createStatement()) {
      long entry =
          Long.parseLong(one(statement, "SELECT seq FROM entries WHERE type = 'approved'"));
      String sql =
          "UPDATE entries SET body = replace(body, 'on-call-1', 'on-call-2') WHERE seq = " + entry;
      String refusal = refusal(statement, sql);
      String trigger =
          one(statement, "SELECT sql FROM sqlite_schema WHERE name = '" + TRIGGER + "'");
      statement.execute("DROP TRIGGER " + TRIGGER);
      Surprise.unless(statement.executeUpdate(sql) == 1, "One entry should be changed", sql);
      statement.execute(trigger);
      return new Forgery(entry, sql, refusal);
    }
  }

  private static String refusal(Statement statement, String sql) throws SQLException {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
    throw new Surprise("The database should refuse to change an entry.");
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      Surprise.unless(row.next(), "There should be a row", sql);
      return row.getString(1);
    }
  }
}
