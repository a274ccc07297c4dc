package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a ledger, which may have been tampered with or damaged, and says what is wrong with it. It
/// believes neither the database's rules nor its indexes, writes nothing, and needs the same little
/// memory for any length. A server may write to the ledger meanwhile.
///
/// Without a checkpoint that was kept elsewhere it cannot see that the end was cut off together
/// with the checkpoints of that end; without a public key that was kept elsewhere it cannot see
/// that the whole directory was replaced.
public final class LedgerAudit {
  private final AuditedStore store;
  private final Optional<PublicKeyText> trustedKey;
  private final List<String> witnessLines;
  private final Findings findings = new Findings();

  private LedgerAudit(
      AuditedStore store, Optional<PublicKeyText> trustedKey, List<String> witnessLines) {
    this.store = store;
    this.trustedKey = trustedKey;
    this.witnessLines = List.copyOf(witnessLines);
  }

  /// Audits one ledger.
  ///
  /// @param file the database, usually [StateDirectory#ledger()]
  /// @param trustedKey the installation's public key as it was noted elsewhere; where empty, the
  ///   `checkpoint.pub` beside the file
  /// @param witnessLines checkpoint lines as they were noted elsewhere, such as from a log
  public static AuditReport of(
      Path file, Optional<PublicKeyText> trustedKey, List<String> witnessLines) {
    return new LedgerAudit(new AuditedFile(file.toAbsolutePath()), trustedKey, witnessLines).run();
  }

  /// Audits one ledger in PostgreSQL.
  ///
  /// @param key where this machine has the checkpoint key, whose public half is believed where
  ///   `trustedKey` is empty
  public static AuditReport of(
      PostgresLocation place,
      CheckpointKeyPlace key,
      Optional<PublicKeyText> trustedKey,
      List<String> witnessLines) {
    return new LedgerAudit(new AuditedPostgres(place, key), trustedKey, witnessLines).run();
  }

  private AuditReport run() {
    Optional<PublicKeyText> key = trustedKey.or(() -> store.key(findings));
    List<Checkpoint> witnesses = witnesses(key);
    ChainAudit chain = new ChainAudit(findings);
    long checkpoints = 0;
    if (!store.exists()) {
      findings.add(0, Finding.Kind.UNREADABLE, "There is no ledger %s.".formatted(store.name()));
    } else {
      try (Connection connection = store.open()) {
        store.schema(connection, findings);
        checkpoints = entries(connection, chain, key, witnesses);
        new ReferenceAudit(connection, store, findings).run();
        store.storage(connection, findings);
      } catch (LedgerException e) {
        findings.add(0, Finding.Kind.UNREADABLE, String.valueOf(e.getMessage()));
      } catch (SQLException e) {
        findings.add(
            chain.lastSeq() + 1,
            Finding.Kind.UNREADABLE,
            "After entry %d the ledger %s cannot be read on: %s"
                .formatted(chain.lastSeq(), store.name(), store.why(e)));
      }
    }
    return new AuditReport(
        chain.count(), checkpoints, chain.head(), findings.list(), findings.omitted());
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
        ResultSet row = statement.executeQuery(store.entries())) {
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
        store.columns(row, findings);
        checkpoints.after(seq, hash);
      }
      checkpoints.end(chain.lastSeq());
      return checkpoints.count();
    }
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
