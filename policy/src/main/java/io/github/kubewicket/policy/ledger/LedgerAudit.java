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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// Reads a ledger's file, which may have been tampered with or damaged, and says what is wrong with
/// it. It believes neither the database's rules nor its indexes, writes nothing, and needs the same
/// little memory for any length. A server may write to the ledger meanwhile.
///
/// Without a checkpoint that was kept elsewhere it cannot see that the end was cut off together
/// with the checkpoints of that end; without a public key that was kept elsewhere it cannot see
/// that the whole directory was replaced.
public final class LedgerAudit {
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private final Path file;
  private final Optional<PublicKeyText> trustedKey;
  private final List<String> witnessLines;
  private final Findings findings = new Findings();

  private LedgerAudit(Path file, Optional<PublicKeyText> trustedKey, List<String> witnessLines) {
    this.file = file.toAbsolutePath();
    this.trustedKey = trustedKey;
    this.witnessLines = witnessLines;
  }

  /// Audits one ledger.
  ///
  /// @param file the database, usually [StateDirectory#ledger()]
  /// @param trustedKey the installation's public key as it was noted elsewhere; where empty, the
  ///   `checkpoint.pub` beside the file
  /// @param witnessLines checkpoint lines as they were noted elsewhere, such as from a log
  public static AuditReport of(
      Path file, Optional<PublicKeyText> trustedKey, List<String> witnessLines) {
    return new LedgerAudit(file, trustedKey, List.copyOf(witnessLines)).run();
  }

  private AuditReport run() {
    Optional<PublicKeyText> key = key();
    List<Checkpoint> witnesses = witnesses(key);
    ChainAudit chain = new ChainAudit(findings);
    long checkpoints = 0;
    if (!Files.isRegularFile(file)) {
      findings.add(0, Finding.Kind.UNREADABLE, "There is no ledger %s.".formatted(file));
    } else {
      try (Connection connection = open()) {
        LedgerDatabase.execute(connection, "BEGIN");
        new SchemaAudit(findings).run(connection);
        checkpoints = entries(connection, chain, key, witnesses);
        new ReferenceAudit(connection, findings).run();
        storage(connection);
      } catch (SQLException e) {
        findings.add(
            chain.lastSeq() + 1,
            Finding.Kind.UNREADABLE,
            "After entry %d the ledger %s cannot be read on: %s"
                .formatted(chain.lastSeq(), file, e.getMessage()));
      }
    }
    return new AuditReport(
        chain.count(), checkpoints, chain.head(), findings.list(), findings.omitted());
  }

  private Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    LedgerDatabase.unpackNativeLibraryIn(file.resolveSibling("native"));
    Connection connection = config.createConnection(LedgerDatabase.url(file));
    try {
      LedgerDatabase.distrust(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private long entries(
      Connection connection,
      ChainAudit chain,
      Optional<PublicKeyText> key,
      List<Checkpoint> witnesses)
      throws SQLException {
    try (Statement signed = connection.createStatement();
        ResultSet lines = signed.executeQuery("SELECT size, line FROM checkpoints ORDER BY size");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT seq, at, type, body, prev, hash FROM entries NOT INDEXED ORDER BY seq")) {
      CheckpointAudit checkpoints = new CheckpointAudit(lines, key, witnesses, findings);
      while (row.next()) {
        long seq = row.getLong(1);
        String hash = String.valueOf(row.getString(6));
        chain.accept(
            seq,
            row.getLong(2),
            String.valueOf(row.getString(3)),
            String.valueOf(row.getString(4)),
            String.valueOf(row.getString(5)),
            hash);
        checkpoints.after(seq, hash);
      }
      checkpoints.end(chain.lastSeq());
      return checkpoints.count();
    }
  }

  private void storage(Connection connection) throws SQLException {
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

  private Optional<PublicKeyText> key() {
    if (trustedKey.isPresent()) {
      return trustedKey;
    }
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

  private List<Checkpoint> witnesses(Optional<PublicKeyText> key) {
    List<Checkpoint> witnesses = new ArrayList<>();
    for (String line : witnessLines) {
      Optional<Checkpoint> witness = Checkpoint.parse(line);
      if (witness.isEmpty()) {
        findings.add(
            0, Finding.Kind.WITNESS, "A line that was kept elsewhere is not a checkpoint.");
      } else if (key.isPresent() && !witness.get().verifies(key.get())) {
        findings.add(
            witness.get().size(),
            Finding.Kind.WITNESS,
            "The checkpoint of entry %d that was kept elsewhere is not signed by this installation's key."
                .formatted(witness.get().size()));
      } else {
        witnesses.add(witness.get());
      }
    }
    return witnesses;
  }
}
