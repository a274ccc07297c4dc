package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// A ledger in PostgreSQL.
///
/// @param keyPlace where this machine has the checkpoint key; its public half is believed
record AuditedPostgres(PostgresLocation place, CheckpointKeyPlace keyPlace)
    implements AuditedStore {
  @Override
  public String name() {
    return place.toString();
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public Optional<PublicKeyText> key(Findings findings) {
    try {
      return Optional.of(CheckpointKey.at(keyPlace).publicKey());
    } catch (LedgerException e) {
      findings.add(0, Finding.Kind.SIGNATURE, "No signature could be checked: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = place.connect();
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        // A long ledger takes its time; and an index could hide what is in the table.
        statement.execute(
            "SET LOCAL statement_timeout = 0;"
                + "SET LOCAL idle_in_transaction_session_timeout = 0;"
                + "SET LOCAL enable_indexscan = off;"
                + "SET LOCAL enable_indexonlyscan = off;"
                + "SET LOCAL enable_bitmapscan = off");
      }
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void schema(Connection connection, Findings findings) throws SQLException {
    new PostgresSchemaAudit(findings).run(connection, place);
  }

  @Override
  public String entries() {
    return "SELECT seq, at, type, body, prev, hash, "
        + String.join(", ", ColumnAudit.COLUMNS)
        + " FROM entries ORDER BY seq";
  }

  @Override
  public void columns(ResultSet row, Findings findings) throws SQLException {
    ColumnAudit.check(row, findings);
  }

  /// Through the columns, which were compared with the bodies before.
  @Override
  public String references(String field, String types) {
    String column = field.equals("changeId") ? "change_id" : "request_id";
    return """
    SELECT %1$s, seq, type, ledger_field(body, 'tier') FROM entries
    WHERE type IN (%2$s) AND %1$s IS NOT NULL
    ORDER BY %1$s, seq\
    """
        .formatted(column, types);
  }

  /// PostgreSQL checks its pages as it reads them, where it was told to by `initdb
  /// --data-checksums`.
  @Override
  public void storage(Connection connection, Findings findings) {}

  @Override
  public String why(SQLException cause) {
    return String.valueOf(new PostgresDialect(place).failure(cause).getMessage());
  }
}
