package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static io.github.kubewicket.policy.ledger.LedgerFixture.intent;
import static io.github.kubewicket.policy.ledger.LedgerFixture.outcome;
import static io.github.kubewicket.policy.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What holds for every ledger, wherever it is kept.
abstract class LedgerContract {
  @TempDir Path directory;
  protected LedgerFixture fixture;

  /// A ledger in a new place.
  abstract LedgerFixture fixture(Path directory);

  @BeforeEach
  void open() {
    fixture = fixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void chainsEntriesFromSixtyFourZeros() {
    Entry first = fixture.append(EntryType.STARTUP, denial("a"));
    Entry second = fixture.append(EntryType.DENIED, denial("b"));

    assertThat(first.prev()).isEqualTo("0".repeat(64));
    assertThat(second.prev()).isEqualTo(first.hash());
    assertThat(second.seq()).isEqualTo(2);
  }

  @Test
  void givesBackWhatWasAppendedAfterReopening() {
    Entry appended =
        fixture.append(EntryType.REQUESTED, request("ar_1").put("text", "ü\n\"\u0001"));
    fixture.ledger.close();

    try (Ledger reopened = fixture.open(Duration.ofSeconds(5))) {
      Entry found = reopened.read(view -> view.entry(1)).orElseThrow();

      assertThat(found).isEqualTo(appended);
    }
  }

  @Test
  void neverLetsTimeGoBackwards() {
    Entry first = fixture.append(EntryType.STARTUP, denial("a"));
    fixture.clock.advance(Duration.ofHours(-3));

    Entry second = fixture.append(EntryType.DENIED, denial("b"));

    assertThat(second.at()).isEqualTo(first.at());
    assertThat(fixture.ledger.read(LedgerView::now)).isEqualTo(first.at());
  }

  @Test
  void undoesEverythingWhenTheWorkFails() {
    assertThatThrownBy(() ->
            fixture.ledger.write(transaction -> {
              transaction.append(EntryType.STARTUP, denial("a"));
              throw new IllegalStateException("crash");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(fixture.ledger.read(LedgerView::last)).isEmpty();
    assertThat(fixture.append(EntryType.STARTUP, denial("b")).seq()).isEqualTo(1);
  }

  @Test
  void undoesEverythingWhenARefusedAppendIsSwallowedByTheWork() {
    fixture.append(EntryType.INTENT, intent("ch_1", "ar_1"));

    assertThatThrownBy(() ->
            fixture.ledger.write(transaction -> {
              transaction.append(EntryType.DENIED, denial("a"));
              try {
                transaction.append(EntryType.INTENT, intent("ch_2", "ar_1"));
              } catch (LedgerException swallowed) {
                return "done";
              }
              return "impossible";
            }))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("has an intent already");

    assertThat(fixture.ledger.read(LedgerView::last).orElseThrow().seq()).isEqualTo(1);
  }

  @Test
  void refusesASecondIntentForOneChangeAndASecondOutcome() {
    fixture.append(EntryType.INTENT, intent("ch_1"));
    fixture.append(EntryType.OUTCOME, outcome("ch_1", true));

    assertThatThrownBy(() -> fixture.append(EntryType.INTENT, intent("ch_1")))
        .isInstanceOf(LedgerException.class);
    assertThatThrownBy(() -> fixture.append(EntryType.OUTCOME, outcome("ch_1", false)))
        .isInstanceOf(LedgerException.class);
    assertThatThrownBy(() -> fixture.append(EntryType.OUTCOME, outcome("ch_2", true)))
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "The ledger refused the entry: an outcome settles an intent that has none yet.");
  }

  @Test
  void refusesBodiesThatNoBudgetCouldCount() {
    assertThatThrownBy(() -> fixture.append(EntryType.INTENT, without(intent("ch_1"), "class")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("an intent has changeId, class, scopes and targetUid");
    assertThatThrownBy(() -> fixture.append(EntryType.APPROVED, denial("a")))
        .hasMessageContaining("what concerns a request has requestId");
    fixture.append(EntryType.INTENT, intent("ch_1"));
    assertThatThrownBy(() -> fixture.append(EntryType.OUTCOME, denial("a").put("changeId", "ch_1")))
        .hasMessageContaining("an outcome has changeId and charged");
  }

  private static ObjectNode without(ObjectNode body, String field) {
    body.remove(field);
    return body;
  }

  @Test
  void takesABodyOfSixtyFourKibibytesAndNotOneByteMore() {
    int envelope = "{\"code\":\"\"}".length();

    fixture.append(EntryType.DENIED, denial("x".repeat((64 << 10) - envelope)));

    assertThatThrownBy(
            () -> fixture.append(EntryType.DENIED, denial("x".repeat((64 << 10) - envelope + 1))))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("65537 bytes");
  }

  @Test
  void refusesTextThatHasNoCanonicalForm() {
    assertThatThrownBy(() -> fixture.append(EntryType.DENIED, denial("\ud800")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("$.code");
  }

  @Test
  void keepsTextThatDatabasesFindHard() {
    String hard = "\0ü\ud83d\ude00\\u0000\0\0'\u2028\ufffd";

    fixture.append(EntryType.REQUESTED, request("ar_\0").put("text", hard));
    fixture.append(EntryType.PAUSED, denial("a").put("subject", hard));

    List<Entry> found = fixture.ledger.read(view -> view.ofRequest("ar_\0"));
    assertThat(found).extracting(entry -> entry.text("text")).containsExactly(hard);
    List<Entry> about =
        fixture.ledger.read(view -> view.about(EntryType.PAUSED, hard, Instant.EPOCH, 5));
    assertThat(about).extracting(Entry::seq).containsExactly(2L);
  }

  @Test
  void refusesATransactionWithinATransaction() {
    assertThatThrownBy(() -> fixture.ledger.write(outer -> fixture.ledger.read(LedgerView::last)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAViewThatIsUsedAfterItsTransaction() {
    LedgerView leaked = fixture.ledger.read(view -> view);

    assertThatThrownBy(leaked::last).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesToBuildOnAnEndThatSomebodyChanged() {
    fixture.fill(3);
    fixture.ledger.close();
    fixture.attackUnguarded("DELETE FROM entries WHERE seq = 3");

    try (Ledger reopened = fixture.open(Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> reopened.write(tx -> tx.append(EntryType.DENIED, denial("after"))))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("audit verify");
    }
  }
}
