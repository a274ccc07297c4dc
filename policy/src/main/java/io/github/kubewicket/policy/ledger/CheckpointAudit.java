package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Compares signed heads with the entries, as both stream by in order.
final class CheckpointAudit {
  private final ResultSet rows;
  private final Optional<PublicKeyText> key;
  private final List<Checkpoint> witnesses;
  private final Findings findings;
  private boolean more;
  private long count;
  private long lastSize;

  /// @param rows `size, line` in the order of size
  /// @param key empty where nobody knows it, which is somebody else's finding
  /// @param witnesses checkpoints that were kept elsewhere
  CheckpointAudit(
      ResultSet rows, Optional<PublicKeyText> key, List<Checkpoint> witnesses, Findings findings)
      throws SQLException {
    this.rows = rows;
    this.key = key;
    this.witnesses = witnesses;
    this.findings = findings;
    advance();
  }

  void after(long seq, String hash) throws SQLException {
    while (more && lastSize < seq) {
      findings.add(
          lastSize,
          Finding.Kind.HEAD,
          "There is a checkpoint of entry %d but no such entry.".formatted(lastSize));
      advance();
    }
    if (more && lastSize == seq) {
      check(seq, hash, String.valueOf(rows.getString(2)));
      advance();
    }
    for (Checkpoint witness : witnesses) {
      if (witness.size() == seq && !witness.head().equals(hash)) {
        findings.add(
            seq,
            Finding.Kind.WITNESS,
            "The checkpoint that was kept elsewhere has another hash for entry %d; the entries up to it were rewritten."
                .formatted(seq));
      }
    }
  }

  void end(long lastSeq) throws SQLException {
    boolean ahead = more;
    while (more) {
      advance();
    }
    if (ahead) {
      findings.add(
          lastSeq + 1, Finding.Kind.TRUNCATED, cutOff("The newest checkpoint", lastSize, lastSeq));
    } else if (lastSize < lastSeq) {
      findings.add(
          lastSize + 1,
          Finding.Kind.UNSIGNED,
          "No checkpoint covers the entries from %d to %d; they were appended by something else, or checkpoints were removed."
              .formatted(lastSize + 1, lastSeq));
    }
    for (Checkpoint witness : witnesses) {
      if (witness.size() > lastSeq) {
        findings.add(
            lastSeq + 1,
            Finding.Kind.TRUNCATED,
            cutOff("The checkpoint that was kept elsewhere", witness.size(), lastSeq));
      }
    }
  }

  long count() {
    return count;
  }

  private void check(long seq, String hash, String line) {
    Optional<Checkpoint> checkpoint = Checkpoint.parse(line);
    if (checkpoint.isEmpty() || checkpoint.get().size() != seq) {
      findings.add(
          seq,
          Finding.Kind.SIGNATURE,
          "The checkpoint of entry %d is not one of that entry.".formatted(seq));
      return;
    }
    if (key.isPresent() && !checkpoint.get().verifies(key.get())) {
      findings.add(
          seq,
          Finding.Kind.SIGNATURE,
          "The checkpoint of entry %d is not signed by the installation's key.".formatted(seq));
    }
    if (!checkpoint.get().head().equals(hash)) {
      findings.add(
          seq,
          Finding.Kind.HEAD,
          "The checkpoint of entry %d has another hash for it; this entry or one before it was rewritten."
              .formatted(seq));
    }
  }

  private void advance() throws SQLException {
    more = rows.next();
    if (more) {
      lastSize = rows.getLong(1);
      count++;
    }
  }

  private static String cutOff(String which, long size, long lastSeq) {
    return "%s counts %d entries and there are %d: %s cut off at the end."
        .formatted(which, size, lastSeq, ChainAudit.missing(lastSeq + 1, size));
  }
}
