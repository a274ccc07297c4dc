package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What somebody does who can write to the file and knows how hashes are made, but has no key:
/// gives every entry from one on a hash that fits again.
final class RawChain {
  private RawChain() {}

  static void rewrite(TestStore store, long fromSeq) {
    try (Connection connection = store.raw();
        Statement count = connection.createStatement();
        ResultSet max = count.executeQuery("SELECT max(seq) FROM entries")) {
      long last = max.next() ? max.getLong(1) : 0;
      for (long seq = fromSeq; seq <= last; seq++) {
        rewriteOne(connection, seq);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void rewriteOne(Connection connection, long seq) throws SQLException {
    try (PreparedStatement read =
        connection.prepareStatement(
            "SELECT at, type, body, (SELECT hash FROM entries WHERE seq = ?) FROM entries WHERE seq = ?")) {
      read.setLong(1, seq - 1);
      read.setLong(2, seq);
      try (ResultSet row = read.executeQuery();
          PreparedStatement write =
              connection.prepareStatement("UPDATE entries SET prev = ?, hash = ? WHERE seq = ?")) {
        row.next();
        String prev = row.getString(4) == null ? Chain.START : row.getString(4);
        write.setString(1, prev);
        write.setString(
            2, Chain.hash(prev, seq, row.getLong(1), row.getString(2), row.getString(3)));
        write.setLong(3, seq);
        write.executeUpdate();
      }
    }
  }
}
