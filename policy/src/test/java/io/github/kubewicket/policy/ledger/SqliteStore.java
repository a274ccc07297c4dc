package io.github.kubewicket.policy.ledger;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A file in a state directory.
record SqliteStore(StateDirectory state) implements TestStore {
  private static final Pattern GUARD =
      Pattern.compile("(?s)CREATE (TRIGGER (?=(\\w+)).*?\\nEND|UNIQUE INDEX (?=(\\w+))[^;]*);");

  @Override
  public SqliteLedger open(InstantSource clock, CheckpointSink sink, Duration patience) {
    return new SqliteLedger(state, clock, new SecureRandom(), sink, patience);
  }

  @Override
  public Connection raw() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + state.ledger());
  }

  @Override
  public List<String> unguard() {
    return GUARD
        .matcher(LedgerDatabase.schema(1))
        .results()
        .map(guard ->
            guard.group(2) == null
                ? "DROP INDEX IF EXISTS " + guard.group(3)
                : "DROP TRIGGER IF EXISTS " + guard.group(2))
        .toList();
  }

  @Override
  public List<String> guard() {
    return GUARD.matcher(LedgerDatabase.schema(1)).results().map(MatchResult::group).toList();
  }

  @Override
  public AuditReport audit(Optional<PublicKeyText> key, List<String> witnesses) {
    return LedgerAudit.of(state.ledger(), key, witnesses);
  }

  @Override
  public void close() {}
}
