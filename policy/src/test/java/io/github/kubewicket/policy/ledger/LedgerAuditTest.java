package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.intent;
import static io.github.kubewicket.policy.ledger.LedgerFixture.outcome;
import static io.github.kubewicket.policy.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kubewicket.policy.key.PublicKeyText;
import io.github.kubewicket.policy.ledger.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever can write to the file attacks it with raw SQL.
final class LedgerAuditTest {
  private static final String NO_TRIGGERS =
      """
      DROP TRIGGER IF EXISTS entries_follow_each_other;
      DROP TRIGGER IF EXISTS intents_are_unique;
      DROP TRIGGER IF EXISTS outcomes_settle_one_intent;
      DROP TRIGGER IF EXISTS entries_are_never_changed;
      DROP TRIGGER IF EXISTS entries_are_never_deleted;
      DROP TRIGGER IF EXISTS checkpoints_are_of_the_newest_entry;
      DROP TRIGGER IF EXISTS checkpoints_are_never_changed;
      DROP TRIGGER IF EXISTS checkpoints_are_never_deleted;
      """;

  @TempDir Path directory;
  private LedgerFixture fixture;

  @BeforeEach
  void fill() {
    fixture = new LedgerFixture(directory);
    fixture.fill(5);
    fixture.append(EntryType.REQUESTED, request("ar_1"));
    fixture.append(EntryType.APPROVED, request("ar_1"));
    fixture.append(EntryType.INTENT, intent("ch_1", "ar_1"));
    fixture.append(EntryType.OUTCOME, outcome("ch_1", true));
    fixture.fill(3);
    fixture.ledger.close();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void findsNothingInALedgerThatIsWhole() {
    AuditReport report = audit(fixture.published.stream().map(Checkpoint::line).toList());

    assertThat(report.findings()).isEmpty();
    assertThat(report.whole()).isTrue();
    assertThat(report.entries()).isEqualTo(12);
    assertThat(report.checkpoints()).isEqualTo(12);
  }

  @Test
  void findsNothingWhileAServerWrites() {
    try (Ledger server = fixture.open(Duration.ofSeconds(5))) {
      server.write(tx -> tx.append(EntryType.DENIED, LedgerFixture.denial("more")));

      assertThat(audit(List.of()).findings()).isEmpty();
      assertThat(audit(List.of()).entries()).isEqualTo(13);
    }
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        Arguments.of(
            "UPDATE entries SET body = '{\"code\":\"yes\"}' WHERE seq = 3", 3, Kind.EDITED),
        Arguments.of("UPDATE entries SET type = 'startup' WHERE seq = 3", 3, Kind.EDITED),
        Arguments.of("UPDATE entries SET at = at + 1 WHERE seq = 3", 3, Kind.EDITED),
        Arguments.of("UPDATE entries SET prev = hash WHERE seq = 3", 3, Kind.CHAIN),
        Arguments.of("UPDATE entries SET hash = prev WHERE seq = 3", 4, Kind.CHAIN),
        Arguments.of("UPDATE entries SET at = 0 WHERE seq = 3", 3, Kind.TIME),
        Arguments.of("UPDATE entries SET type = 'other' WHERE seq = 3", 3, Kind.FORM),
        Arguments.of(
            "UPDATE entries SET body = '{ \"code\": \"no-3\" }' WHERE seq = 3", 3, Kind.FORM),
        Arguments.of("DELETE FROM entries WHERE seq = 3", 3, Kind.GAP),
        Arguments.of("DELETE FROM entries WHERE seq < 3", 1, Kind.GAP),
        Arguments.of("DELETE FROM entries WHERE seq > 10", 11, Kind.TRUNCATED),
        Arguments.of("DELETE FROM checkpoints WHERE size > 10", 11, Kind.UNSIGNED),
        Arguments.of("DELETE FROM checkpoints", 1, Kind.UNSIGNED),
        Arguments.of(
            "INSERT INTO entries (seq, at, type, body, prev, hash)"
                + " SELECT 0, 0, type, body, prev, hash FROM entries WHERE seq = 1",
            0,
            Kind.CHAIN),
        Arguments.of(
            "INSERT INTO entries (seq, at, type, body, prev, hash)"
                + " SELECT 13, at, type, body, hash, prev FROM entries WHERE seq = 12",
            13,
            Kind.UNSIGNED),
        // Two entries change places, content and all, but the numbers and links.
        Arguments.of(
            "UPDATE entries SET body = '{\"code\":\"no-4\"}' WHERE seq = 3;"
                + "UPDATE entries SET body = '{\"code\":\"no-3\"}' WHERE seq = 4",
            4,
            Kind.EDITED),
        // Two entries change places with everything they have.
        Arguments.of(
            "UPDATE entries SET seq = -3 WHERE seq = 3; UPDATE entries SET seq = 3 WHERE seq = 4;"
                + "UPDATE entries SET seq = 4 WHERE seq = -3",
            3,
            Kind.CHAIN),
        Arguments.of(
            "UPDATE checkpoints SET line = replace(line, '/v1', '/v2') WHERE size = 3",
            3,
            Kind.SIGNATURE),
        Arguments.of(
            "UPDATE checkpoints SET line = substr(line, 1, length(line) - 88)"
                + " || (SELECT substr(line, -88) FROM checkpoints WHERE size = 4) WHERE size = 3",
            3,
            Kind.SIGNATURE),
        Arguments.of(
            "UPDATE checkpoints SET line = (SELECT line FROM checkpoints WHERE size = 4)"
                + " WHERE size = 3",
            3,
            Kind.SIGNATURE),
        Arguments.of("DELETE FROM entries WHERE seq = 8", 9, Kind.ORPHAN),
        Arguments.of("DELETE FROM entries WHERE seq = 7", 8, Kind.UNAPPROVED),
        Arguments.of(
            "DROP INDEX intent_of_change; DROP INDEX intent_of_request;"
                + "UPDATE entries SET type = 'intent', body ="
                + " (SELECT body FROM entries WHERE seq = 8) WHERE seq = 10",
            10,
            Kind.REUSED));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void saysWhichEntryWasAttacked(String attack, long seq, Kind kind) {
    fixture.attack(NO_TRIGGERS, attack);

    List<Finding> findings = audit(List.of()).findings();

    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(finding.seq()).isEqualTo(seq);
          assertThat(finding.kind()).isEqualTo(kind);
        });
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
  void findsAChainThatWasRewrittenWithoutTheKey() {
    fixture.attack(NO_TRIGGERS, "UPDATE entries SET body = '{\"code\":\"yes\"}' WHERE seq = 3");
    RawChain.rewrite(fixture.state.ledger(), 3);

    List<Finding> findings = audit(List.of()).findings();

    assertThat(findings).extracting(Finding::kind).doesNotContain(Kind.EDITED, Kind.CHAIN);
    assertThat(findings.stream().filter(finding -> finding.kind() == Kind.HEAD))
        .extracting(Finding::seq)
        .startsWith(3L);
  }

  @Test
  void findsAnEndThatWasCutOffWithItsCheckpointsThroughOneKeptElsewhere() {
    String kept = fixture.published.getLast().line();
    fixture.attack(
        NO_TRIGGERS,
        "DELETE FROM entries WHERE seq > 6",
        "DELETE FROM checkpoints WHERE size > 6",
        RawChain.triggers());

    assertThat(audit(List.of()).findings()).isEmpty();
    assertThat(audit(List.of(kept)).findings())
        .containsExactly(
            new Finding(
                7,
                Kind.TRUNCATED,
                "The checkpoint that was kept elsewhere counts 9 entries and there are 6: Entries 7 to 9 were cut off at the end."));
  }

  @Test
  void findsARewrittenHistoryThroughACheckpointKeptElsewhereEvenWhenTheKeyWasUsed() {
    String kept = fixture.published.getFirst().line();
    LedgerFixture other = new LedgerFixture(directory.resolve("other"));
    other.fill(7);
    other.close();

    AuditReport report =
        LedgerAudit.of(other.state.ledger(), Optional.empty(), List.of(kept, "no checkpoint"));

    assertThat(report.findings())
        .extracting(Finding::seq, Finding::kind)
        .containsExactlyInAnyOrder(tuple(6L, Kind.WITNESS), tuple(0L, Kind.WITNESS));
  }

  @Test
  void findsThatTheWholeDirectoryWasReplacedThroughAKeyKeptElsewhere() {
    LedgerFixture other = new LedgerFixture(directory.resolve("other"));
    other.fill(1);
    other.close();

    AuditReport report = LedgerAudit.of(other.state.ledger(), Optional.of(publicKey()), List.of());

    assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.SIGNATURE);
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
    fixture.attack(
        NO_TRIGGERS,
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

  private AuditReport audit(List<String> witnesses) {
    return LedgerAudit.of(fixture.state.ledger(), Optional.empty(), witnesses);
  }

  private PublicKeyText publicKey() {
    try {
      return PublicKeyText.parse(Files.readString(fixture.state.checkpointPublicKey()).strip())
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
