package io.github.kubewicket.policy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ledger.Finding.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables' owner attacks them with raw SQL.
@RealPostgres
final class PostgresLedgerAuditTest extends LedgerAuditContract {
  @Override
  LedgerFixture fixture(Path place) {
    return new LedgerFixture(place, PostgresStore::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TRIGGER entries_only_grow ON entries",
        "ALTER TABLE entries DISABLE TRIGGER entries_only_grow",
        "ALTER TABLE entries ENABLE REPLICA TRIGGER entries_follow_each_other",
        "CREATE OR REPLACE FUNCTION the_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql"
            + " AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER extra BEFORE INSERT ON entries FOR EACH ROW"
            + " EXECUTE FUNCTION entries_follow_each_other()",
        "DROP INDEX \"the request has an intent already\"",
        "ALTER TABLE entries DROP CONSTRAINT \"an entry's body has at most 64 KiB\"",
        "ALTER TABLE entries ALTER COLUMN charged DROP EXPRESSION",
        "ALTER TABLE entries ENABLE ROW LEVEL SECURITY",
        "CREATE TABLE more () INHERITS (entries)",
        "CREATE RULE nothing AS ON DELETE TO entries DO INSTEAD NOTHING",
        "ALTER TABLE entries ADD COLUMN more text"
      })
  void findsGuardsThatWereTakenAwayOrAdded(String attack) {
    fixture.attack(attack);

    assertThat(audit(List.of()).findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.SCHEMA));
  }

  @Test
  void findsAColumnThatCountsSomethingElseThanWasHashed() {
    fixture.attackUnguarded(
        "ALTER TABLE entries ALTER COLUMN charged DROP EXPRESSION",
        "UPDATE entries SET charged = 0 WHERE type = 'outcome'");

    assertThat(audit(List.of()).findings())
        .anySatisfy(finding -> {
          assertThat(finding.seq()).isEqualTo(9);
          assertThat(finding.kind()).isEqualTo(Kind.EDITED);
          assertThat(finding.message()).contains("charged");
        });
  }

  @Test
  void saysThatNoLedgerIsThereOrNoServer() {
    fixture.attack("DROP TABLE ledger_schema, entries, checkpoints, replicas CASCADE");
    assertThat(audit(List.of()).findings())
        .extracting(Finding::kind)
        .contains(Kind.SCHEMA, Kind.UNREADABLE);

    PostgresLocation nowhere = PostgresLocation.of("jdbc:postgresql://127.0.0.1:1/x", Map.of());
    AuditReport report =
        LedgerAudit.of(nowhere, ((PostgresStore) fixture.store).key, Optional.empty(), List.of());
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.UNREADABLE);
  }
}
