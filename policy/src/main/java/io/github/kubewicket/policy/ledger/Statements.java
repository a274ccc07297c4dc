package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The queries of one connection, each compiled once: a decision asks some thirty of them, and
/// compiling one takes longer than running it. Used by one thread at a time.
final class Statements {
  private static final int KEPT = 60;

  private final Connection connection;
  private final Map<String, PreparedStatement> idle = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /// What is done with each row.
  interface Reader {
    /// Reads the row that the set stands on.
    void read(ResultSet row) throws SQLException;
  }

  /// Runs a query and hands on each row. The reader may ask others, or the same again.
  void query(String sql, Reader reader, Object... parameters) throws SQLException {
    PreparedStatement known = idle.remove(sql);
    PreparedStatement statement = known == null ? connection.prepareStatement(sql) : known;
    boolean whole = false;
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
      whole = true;
    } finally {
      if (!whole || idle.size() >= KEPT || idle.putIfAbsent(sql, statement) != null) {
        statement.close();
      }
    }
  }

  Connection connection() {
    return connection;
  }
}
