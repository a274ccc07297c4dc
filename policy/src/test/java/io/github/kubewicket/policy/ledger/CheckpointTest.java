package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static io.github.kubewicket.policy.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kubewicket.policy.key.Ed25519;
import io.github.kubewicket.policy.key.PublicKeyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
  @TempDir Path directory;
  private LedgerFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LedgerFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void signsTheHeadWithTheInstallationsKey() throws Exception {
    Entry head = fixture.append(EntryType.REQUESTED, request("ar_1"));

    Checkpoint checkpoint = fixture.published.getFirst();

    assertThat(checkpoint.size()).isEqualTo(1);
    assertThat(checkpoint.head()).isEqualTo(head.hash());
    assertThat(checkpoint.at()).isEqualTo(head.at());
    assertThat(checkpoint.verifies(publicKey())).isTrue();
  }

  @Test
  void doesNotVerifyWithAnotherKeyOrAfterAChange() throws Exception {
    fixture.append(EntryType.REQUESTED, request("ar_1"));
    Checkpoint checkpoint = fixture.published.getFirst();
    PublicKeyText other = PublicKeyText.of(Ed25519.generate(new SecureRandom()).getPublic());

    Checkpoint changed = Checkpoint.parse(checkpoint.line().replace(" 1 ", " 2 ")).orElseThrow();

    assertThat(changed.size()).isEqualTo(2);
    assertThat(changed.verifies(publicKey())).isFalse();
    assertThat(checkpoint.verifies(other)).isFalse();
  }

  @Test
  void isReadBackFromItsLineAndFromALog() {
    fixture.append(EntryType.REQUESTED, request("ar_1"));
    String line = fixture.published.getFirst().line();

    assertThat(line).hasLineCount(1);
    assertThat(Checkpoint.parse(line + "\n")).contains(fixture.published.getFirst());
    assertThat(Checkpoint.findAll("10:00 INFO checkpoint " + line + "\nother\n" + line))
        .containsExactly(fixture.published.getFirst(), fixture.published.getFirst());
  }

  @Test
  void hasOneSpelling() {
    fixture.append(EntryType.REQUESTED, request("ar_1"));
    String line = fixture.published.getFirst().line();

    assertThat(Checkpoint.parse(line.replace("05Z", "05.000Z"))).isEmpty();
    assertThat(Checkpoint.parse(line.replace(" 1 ", " 01 "))).isEmpty();
    assertThat(Checkpoint.parse(line.replace(" 1 ", "  1 "))).isEmpty();
    assertThat(Checkpoint.parse(line.replace("/v1", "/v2"))).isEmpty();
    assertThat(Checkpoint.parse(line.replace("01-02T", "13-02T"))).isEmpty();
    assertThat(Checkpoint.parse("")).isEmpty();
  }

  @Test
  void isPublishedForDecisionsAndEveryHundredthEntry() {
    fixture.ledger.write(transaction -> {
      for (int i = 0; i < 99; i++) {
        transaction.append(EntryType.DENIED, denial("no"));
      }
      return "filled";
    });
    assertThat(fixture.published).isEmpty();

    fixture.append(EntryType.DENIED, denial("hundredth"));
    fixture.append(EntryType.DENIED, denial("no"));
    fixture.append(EntryType.REJECTED, request("ar_1"));

    assertThat(fixture.published).extracting(Checkpoint::size).containsExactly(100L, 102L);
  }

  @Test
  void doesNotUndoAnEntryWhenItsSinkFails() {
    try (SqliteLedger ledger =
        new SqliteLedger(
            fixture.state,
            fixture.clock,
            new SecureRandom(),
            checkpoint -> {
              throw new IllegalStateException("stderr is gone");
            })) {
      ledger.write(transaction -> transaction.append(EntryType.REVOKED, request("ar_1")));

      assertThat(ledger.read(LedgerView::last)).isPresent();
    }
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws Exception {
    fixture.append(EntryType.DENIED, denial("a"));
    fixture.ledger.close();
    Files.setPosixFilePermissions(
        fixture.state.checkpointKey(), PosixFilePermissions.fromString("rw-r-----"));

    assertRefused("chmod 600");
  }

  @Test
  void refusesToReplaceAKeyThatWasLost() throws Exception {
    fixture.append(EntryType.DENIED, denial("a"));
    fixture.ledger.close();
    Files.delete(fixture.state.checkpointKey());

    assertRefused("restore the key");
  }

  @Test
  void refusesToGoOnUnderAnotherKey() throws Exception {
    fixture.append(EntryType.DENIED, denial("a"));
    fixture.ledger.close();
    Files.delete(fixture.state.checkpointKey());
    Files.delete(fixture.state.checkpointPublicKey());

    assertRefused("audit verify");
  }

  @Test
  void refusesAKeyThatDoesNotBelongToItsPublicHalf() throws Exception {
    fixture.append(EntryType.DENIED, denial("a"));
    fixture.ledger.close();
    PublicKeyText other = PublicKeyText.of(Ed25519.generate(new SecureRandom()).getPublic());
    Files.writeString(fixture.state.checkpointPublicKey(), other.text());

    assertRefused("does not belong");
  }

  private void assertRefused(String because) {
    try (Ledger reopened = fixture.open(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> reopened.write(tx -> tx.append(EntryType.DENIED, denial("b"))))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining(because);
    }
  }

  private PublicKeyText publicKey() throws Exception {
    return PublicKeyText.parse(Files.readString(fixture.state.checkpointPublicKey()).strip())
        .orElseThrow();
  }
}
