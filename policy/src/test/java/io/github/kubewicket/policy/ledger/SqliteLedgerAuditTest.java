package io.github.kubewicket.policy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.ledger.Finding.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever can write to the file attacks it with raw SQL.
final class SqliteLedgerAuditTest extends LedgerAuditContract {
  @Override
  LedgerFixture fixture(Path place) {
    return new LedgerFixture(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE entries SET body = '{}' WHERE seq = 3",
        "DELETE FROM entries WHERE seq = 12",
        "UPDATE checkpoints SET line = 'x'",
        "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT seq, at, type, body, prev, hash FROM entries WHERE seq = 12",
        "INSERT OR REPLACE INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 13, (SELECT max(at) FROM entries), type, body,"
            + " (SELECT hash FROM entries WHERE seq = 12), hash FROM entries WHERE seq = 8",
        "INSERT INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 14, (SELECT max(at) FROM entries), type, body,"
            + " (SELECT hash FROM entries WHERE seq = 12), hash FROM entries WHERE seq = 12",
        "INSERT INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 13, 0, type, body,"
            + " (SELECT hash FROM entries WHERE seq = 12), hash FROM entries WHERE seq = 12",
        "INSERT INTO entries (seq, at, type, body, prev, hash)"
            + " SELECT 13, (SELECT max(at) FROM entries), type, body, hash, hash"
            + " FROM entries WHERE seq = 1",
        "INSERT INTO checkpoints SELECT 13, line FROM checkpoints WHERE size = 12",
        "INSERT OR REPLACE INTO checkpoints SELECT 12, 'x'"
      })
  void isRefusedByTheDatabaseItself(String attack) {
    assertThatThrownBy(() -> fixture.attack(attack))
        .hasMessageContaining("SQLITE_CONSTRAINT_TRIGGER");

    assertThat(audit(List.of()).findings()).isEmpty();
  }

  @Test
  void findsRulesThatWereDroppedAndOnesThatWereAdded() {
    fixture.attack(
        "DROP TRIGGER entries_are_never_deleted",
        "CREATE TRIGGER extra BEFORE INSERT ON entries BEGIN SELECT 1; END");

    assertThat(audit(List.of()).findings())
        .extracting(Finding::message)
        .containsExactly(
            "The ledger's trigger entries_are_never_deleted is missing.",
            "The ledger has a trigger extra that does not belong to it.");
  }

  @Test
  void findsThatNothingIsThereOrThatItIsNoDatabase() throws Exception {
    Path missing = directory.resolve("missing.db");
    assertThat(LedgerAudit.of(missing, Optional.of(publicKey()), List.of()).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.UNREADABLE);
    assertThat(missing).doesNotExist();

    Files.writeString(missing, "This is not a database, but it is long enough. ".repeat(50));
    assertThat(LedgerAudit.of(missing, Optional.of(publicKey()), List.of()).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.UNREADABLE);
  }

  @Test
  void saysWhereItCannotReadOn() {
    fixture.attackUnguarded(
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE entries SET body = '{\"code\":\"' || hex(zeroblob(2000000)) || '\"}' WHERE seq = 3");

    assertThat(audit(List.of()).findings())
        .filteredOn(finding -> finding.kind() == Kind.UNREADABLE)
        .extracting(Finding::seq)
        .containsExactly(3L);
  }

  @Test
  void findsDamagedPages() throws Exception {
    fixture.attack("PRAGMA wal_checkpoint(TRUNCATE)");
    byte[] bytes = Files.readAllBytes(fixture.state.ledger());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(fixture.state.ledger(), bytes);

    assertThat(audit(List.of()).findings()).extracting(Finding::kind).contains(Kind.UNREADABLE);
  }

  @Test
  void findsAMissingPublicKey() throws Exception {
    Files.delete(fixture.state.checkpointPublicKey());

    assertThat(audit(List.of()).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.SIGNATURE);
  }
}
