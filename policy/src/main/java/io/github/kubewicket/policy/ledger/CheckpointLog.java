package io.github.kubewicket.policy.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The checkpoints that the ledger keeps of itself, one after every transaction that appended.
final class CheckpointLog {
  private final CheckpointKey key;
  private String trusted = "";

  CheckpointLog(CheckpointKey key) {
    this.key = key;
  }

  /// Refuses to build on a ledger whose end does not fit its newest checkpoint: the next one would
  /// vouch for what somebody else put there or cut off.
  void requireIntact(Connection connection, Optional<Entry> last) throws SQLException {
    String line = newest(connection);
    long size = last.map(Entry::seq).orElse(0L);
    if (line.isEmpty() && size == 0) {
      return;
    }
    Optional<Checkpoint> checkpoint = Checkpoint.parse(line);
    boolean fits =
        checkpoint.isPresent()
            && checkpoint.get().size() == size
            && checkpoint.get().head().equals(last.map(Entry::hash).orElse(Chain.START))
            && (line.equals(trusted) || checkpoint.get().verifies(key.publicKey()));
    if (!fits
        && checkpoint.isPresent()
        && !checkpoint.get().origin().equals(key.publicKey().keyId())) {
      throw new LedgerException(
          "The ledger's newest checkpoint is signed by the key %s and this process has %s; give it the ledger's own by KUBEWICKET_CHECKPOINT_KEY or, where nobody should have changed that, run \"kubewicket audit verify\"."
              .formatted(checkpoint.get().origin(), key.publicKey().keyId()));
    }
    if (!fits) {
      throw new LedgerException(
          "The end of the ledger does not fit its newest checkpoint, so somebody changed it; run \"kubewicket audit verify\".");
    }
    trusted = line;
  }

  /// Signs this entry as the head, in the transaction that appended it.
  Checkpoint append(Connection connection, Entry head) throws SQLException {
    Checkpoint checkpoint = key.sign(head);
    try (PreparedStatement statement =
        Rows.prepare(
            connection,
            "INSERT INTO checkpoints (size, line) VALUES (?, ?)",
            checkpoint.size(),
            checkpoint.line())) {
      statement.executeUpdate();
    }
    // Where the transaction fails after this, the connection and this object go with it.
    trusted = checkpoint.line();
    return checkpoint;
  }

  private static String newest(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            Rows.prepare(connection, "SELECT line FROM checkpoints ORDER BY size DESC LIMIT 1");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }
}
