package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.canonical.StrictJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/// Rows of the table of entries as values.
final class Rows {
  static final String COLUMNS = "i.seq, i.at, i.type, i.body, i.prev, i.hash";

  private Rows() {}

  static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /// The entry on the row that the set stands on.
  static Entry entry(ResultSet row) throws SQLException {
    long seq = row.getLong(1);
    ObjectNode body =
        StrictJson.object(String.valueOf(row.getString(4))).orElseThrow(() -> damaged(seq));
    return new Entry(
        seq,
        Instant.ofEpochMilli(row.getLong(2)),
        type(seq, String.valueOf(row.getString(3))),
        body,
        String.valueOf(row.getString(5)),
        String.valueOf(row.getString(6)));
  }

  private static EntryType type(long seq, String word) {
    return Arrays.stream(EntryType.values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(() -> damaged(seq));
  }

  private static LedgerException damaged(long seq) {
    return new LedgerException(
        "Entry %d of the ledger cannot be understood; run \"kubewicket audit verify\", or use the Kubewicket that wrote it."
            .formatted(seq));
  }
}
