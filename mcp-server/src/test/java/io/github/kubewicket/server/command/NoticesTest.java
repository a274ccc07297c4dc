package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private SqliteLedger ledger;

  @BeforeEach
  void open() {
    // Everything happens in the same millisecond, so only the order can tell.
    ledger =
        new SqliteLedger(
            new StateDirectory(folder.resolve("state")),
            () -> NOON,
            new SecureRandom(),
            CheckpointSink.none());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void tellsEveryPauseSinceWritesWentOn() {
    record(EntryType.PAUSED, "before");
    record(EntryType.RESUMED, "fine again");
    record(EntryType.PAUSED, "storage \u001b[31mmoves");
    record(EntryType.PAUSED, "audit");

    String said = ledger.read(Notices::paused);

    assertThat(said.lines().toList())
        .hasSize(2)
        .allMatch(line -> line.startsWith("Writes are PAUSED since 2026-03-01T12:00:00Z by "));
    assertThat(said).contains(": storage moves\n", ": audit\n").doesNotContain("before");
  }

  @Test
  void saysNothingOnceTheyWentOn() {
    record(EntryType.PAUSED, "storage moves");
    record(EntryType.RESUMED, "it has moved");

    String said = ledger.read(Notices::paused);

    assertThat(said).isEmpty();
  }

  @Test
  void takesNoReasonThatIsNone() {
    assertThat(Notices.body("*", " \n")).isEmpty();
    assertThat(Notices.body("*", "x".repeat(1_001))).isEmpty();
    assertThat(Notices.body("*", " because ").orElseThrow().path("reason").asString(""))
        .isEqualTo("because");
  }

  private void record(EntryType type, String reason) {
    long seq =
        ledger.write(tx -> tx.append(type, Notices.body(Notices.ALL, reason).orElseThrow()).seq());
    assertThat(seq).isPositive();
  }
}
