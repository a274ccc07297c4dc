package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.intent;
import static io.github.kubewicket.policy.ledger.LedgerFixture.outcome;
import static io.github.kubewicket.policy.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kubewicket.policy.key.PublicKeyText;
import io.github.kubewicket.policy.ledger.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/// Whoever can do everything in the database attacks the ledger with raw SQL.
abstract class LedgerAuditContract {
  @TempDir Path directory;
  protected LedgerFixture fixture;

  /// A ledger in a new place.
  abstract LedgerFixture fixture(Path directory);

  @BeforeEach
  void fill() {
    fixture = fixture(directory);
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
                + " || (SELECT substr(line, length(line) - 87) FROM checkpoints WHERE size = 4) WHERE size = 3",
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
            "UPDATE entries SET type = 'intent', body ="
                + " (SELECT body FROM entries WHERE seq = 8) WHERE seq = 10",
            10,
            Kind.REUSED));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void saysWhichEntryWasAttacked(String attack, long seq, Kind kind) {
    fixture.attackUnguarded(attack.split(";"));

    List<Finding> findings = audit(List.of()).findings();

    assertThat(findings)
        .anySatisfy(finding -> {
          assertThat(finding.seq()).isEqualTo(seq);
          assertThat(finding.kind()).isEqualTo(kind);
        });
  }

  @Test
  void findsAChainThatWasRewrittenWithoutTheKey() {
    fixture.attackUnguarded("UPDATE entries SET body = '{\"code\":\"yes\"}' WHERE seq = 3");
    RawChain.rewrite(fixture.store, 3);

    List<Finding> findings = audit(List.of()).findings();

    assertThat(findings).extracting(Finding::kind).doesNotContain(Kind.EDITED, Kind.CHAIN);
    assertThat(findings.stream().filter(finding -> finding.kind() == Kind.HEAD))
        .extracting(Finding::seq)
        .startsWith(3L);
  }

  @Test
  void findsAnEndThatWasCutOffWithItsCheckpointsThroughOneKeptElsewhere() {
    String kept = fixture.published.getLast().line();
    fixture.attackUnguarded(
        "DELETE FROM entries WHERE seq > 6", "DELETE FROM checkpoints WHERE size > 6");
    fixture.attack(fixture.store.guard().toArray(String[]::new));

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
    LedgerFixture other = fixture(directory.resolve("other"));
    other.fill(7);

    AuditReport report = other.store.audit(Optional.empty(), List.of(kept, "no checkpoint"));
    other.close();

    assertThat(report.findings())
        .extracting(Finding::seq, Finding::kind)
        .containsExactlyInAnyOrder(tuple(6L, Kind.WITNESS), tuple(0L, Kind.WITNESS));
  }

  @Test
  void findsThatTheWholeDirectoryWasReplacedThroughAKeyKeptElsewhere() {
    LedgerFixture other = fixture(directory.resolve("other"));
    other.fill(1);

    AuditReport report = other.store.audit(Optional.of(publicKey()), List.of());
    other.close();

    assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.SIGNATURE);
  }

  final AuditReport audit(List<String> witnesses) {
    return fixture.store.audit(Optional.empty(), witnesses);
  }

  final PublicKeyText publicKey() {
    try {
      return PublicKeyText.parse(Files.readString(fixture.state.checkpointPublicKey()).strip())
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
