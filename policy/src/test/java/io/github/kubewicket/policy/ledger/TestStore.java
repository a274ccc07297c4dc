package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A real place for a ledger, and a way around it for whoever attacks it.
public interface TestStore extends AutoCloseable {
  /// A ledger there, as one process has it.
  Ledger open(InstantSource clock, CheckpointSink sink, Duration patience);

  /// A connection past the ledger, of somebody who may do everything.
  Connection raw() throws SQLException;

  /// What takes the database's own guards away.
  List<String> unguard();

  /// What puts them back.
  List<String> guard();

  /// An audit.
  AuditReport audit(Optional<PublicKeyText> key, List<String> witnesses);

  /// Removes what is left.
  @Override
  void close();
}
