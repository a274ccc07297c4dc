package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A schema of its own in the real PostgreSQL.
public final class PostgresStore implements TestStore {
  private static final SecureRandom RANDOM = new SecureRandom();

  final String schema;
  final PostgresLocation place;
  final CheckpointKeyPlace key;

  /// @param state where the checkpoint key is
  public PostgresStore(StateDirectory state) {
    schema = "t_" + HexFormat.of().toHexDigits(RANDOM.nextLong());
    place = TestPostgres.place(schema);
    key = new CheckpointKeyPlace.Local(state, RANDOM);
    run("CREATE SCHEMA " + schema);
  }

  @Override
  public PostgresLedger open(InstantSource clock, CheckpointSink sink, Duration patience) {
    return new PostgresLedger(place, key, clock, sink);
  }

  @Override
  public Connection raw() throws SQLException {
    return place.connect();
  }

  @Override
  public List<String> unguard() {
    return List.of(
        "ALTER TABLE entries DISABLE TRIGGER USER", "ALTER TABLE checkpoints DISABLE TRIGGER USER");
  }

  @Override
  public List<String> guard() {
    return List.of(
        "ALTER TABLE entries ENABLE TRIGGER USER", "ALTER TABLE checkpoints ENABLE TRIGGER USER");
  }

  @Override
  public AuditReport audit(Optional<PublicKeyText> trusted, List<String> witnesses) {
    return LedgerAudit.of(place, key, trusted, witnesses);
  }

  @Override
  public void close() {
    run("DROP SCHEMA " + schema + " CASCADE");
  }

  private void run(String sql) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
