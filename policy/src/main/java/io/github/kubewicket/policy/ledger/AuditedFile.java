package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// A ledger in an SQLite file.
///
/// @param file the database, absolute
record AuditedFile(Path file) implements AuditedStore {
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public boolean exists() {
    return Files.isRegularFile(file);
  }

  @Override
  public Optional<PublicKeyText> key(Findings findings) {
    Path published = file.resolveSibling("checkpoint.pub");
    Optional<PublicKeyText> key = Optional.empty();
    try {
      key = PublicKeyText.parse(Files.readString(published, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException e) {
      // Told below, as the same lack.
    }
    if (key.isEmpty()) {
      findings.add(
          0,
          Finding.Kind.SIGNATURE,
          "No signature could be checked: %s is missing or not a public key.".formatted(published));
    }
    return key;
  }

  @Override
  public Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    LedgerDatabase.unpackNativeLibraryIn(file.resolveSibling("native"));
    Connection connection = config.createConnection(LedgerDatabase.url(file));
    try {
      LedgerDatabase.distrust(connection);
      LedgerDatabase.execute(connection, "BEGIN");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void schema(Connection connection, Findings findings) throws SQLException {
    new SchemaAudit(findings).run(connection);
  }

  @Override
  public String entries() {
    return "SELECT seq, at, type, body, prev, hash FROM entries NOT INDEXED ORDER BY seq";
  }

  /// SQLite makes the columns from the body each time that somebody asks.
  @Override
  public void columns(ResultSet row, Findings findings) {}

  @Override
  public String references(String field, String types) {
    return """
    SELECT json_extract(body, '$.%s') AS id, seq, type, json_extract(body, '$.tier')
    FROM entries NOT INDEXED
    WHERE type IN (%s) AND json_valid(body) AND id IS NOT NULL
    ORDER BY id, seq\
    """
        .formatted(field, types);
  }

  @Override
  public void storage(Connection connection, Findings findings) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check(20)")) {
      while (row.next()) {
        String line = String.valueOf(row.getString(1));
        if (!line.equals("ok")) {
          findings.add(0, Finding.Kind.STORAGE, "SQLite finds the file damaged: " + line + ".");
        }
      }
    }
  }

  @Override
  public String why(SQLException cause) {
    return String.valueOf(cause.getMessage());
  }
}
