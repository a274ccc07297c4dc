package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

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

  /// Its name, for another process.
  public String schema() {
    return schema;
  }

  /// Ends the server as a power cut would, and starts it again, where it is the one of
  /// `scripts/test-postgres`; another server only loses its connections.
  public void crash() throws IOException, InterruptedException {
    if (isOurs()) {
      script("restart");
    } else {
      run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE usename = current_user AND pid <> pg_backend_pid()");
    }
  }

  /// Skips the test where the server is not the one of `scripts/test-postgres`.
  static void requireOurs() throws IOException, InterruptedException {
    Assumptions.assumeTrue(isOurs(), "The PostgreSQL is not one that the test may stop.");
  }

  private static boolean isOurs() throws IOException, InterruptedException {
    return script("url").strip().equals(System.getenv(TestPostgres.VARIABLE));
  }

  /// Runs `scripts/test-postgres`, and gives back what it printed.
  static String script(String verb) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("../scripts/test-postgres", verb)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int unused = process.waitFor();
    return said;
  }

  @Override
  public Connection raw() throws SQLException {
    return place.connect();
  }

  @Override
  public List<String> unguard() {
    return List.of(
        "ALTER TABLE entries DISABLE TRIGGER USER",
        "ALTER TABLE checkpoints DISABLE TRIGGER USER",
        "DROP INDEX IF EXISTS \"the change has an intent already\"",
        "DROP INDEX IF EXISTS \"the request has an intent already\"",
        "DROP INDEX IF EXISTS \"the change has an outcome already\"");
  }

  @Override
  public List<String> guard() {
    return List.of(
        "ALTER TABLE entries ENABLE TRIGGER USER",
        "ALTER TABLE checkpoints ENABLE TRIGGER USER",
        "CREATE UNIQUE INDEX \"the request has an intent already\" ON entries (request_id) WHERE type = 'intent'",
        "CREATE UNIQUE INDEX \"the change has an intent already\" ON entries (change_id) WHERE type = 'intent'",
        "CREATE UNIQUE INDEX \"the change has an outcome already\" ON entries (change_id) WHERE type = 'outcome'");
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
