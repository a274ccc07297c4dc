package io.github.kubewicket.policy.ledger;

import static io.github.kubewicket.policy.ledger.LedgerFixture.denial;
import static io.github.kubewicket.policy.ledger.LedgerFixture.intent;
import static io.github.kubewicket.policy.ledger.LedgerFixture.outcome;
import static io.github.kubewicket.policy.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.limit.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every ledger finds again, wherever it is kept.
abstract class LedgerQueriesContract {
  private static final Map<Scope, String> KEYS =
      Map.of(
          Scope.POD, "shop/web-1",
          Scope.WORKLOAD, "shop/Deployment/web",
          Scope.NAMESPACE, "shop",
          Scope.CLUSTER, "cluster-1",
          Scope.TOOL, "cluster-1/restart_workload",
          Scope.CALLER, "stdio:ada");

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

  @ParameterizedTest
  @EnumSource
  void countsTheIntentsOfAClassAndAKeyInAWindow(Scope scope) {
    Instant first = fixture.append(EntryType.INTENT, intent("ch_1")).at();
    fixture.clock.advance(Duration.ofMinutes(10));
    Instant second = fixture.append(EntryType.INTENT, intent("ch_2")).at();
    fixture.append(EntryType.INTENT, intent("ch_3").put("class", "scale"));
    fixture.append(EntryType.DENIED, intent("ch_4"));

    assertThat(charges(scope, first.minusMillis(1))).containsExactly(first, second);
    assertThat(charges(scope, first)).containsExactly(second);
    assertThat(charges(scope, second)).isEmpty();
    assertThat(charges(scope, "other", Instant.EPOCH)).isEmpty();
  }

  @Test
  void doesNotCountWhatWasNotCharged() {
    Instant first = fixture.append(EntryType.INTENT, intent("ch_1")).at();
    fixture.append(EntryType.INTENT, intent("ch_2"));
    fixture.append(EntryType.OUTCOME, outcome("ch_1", true));
    fixture.append(EntryType.OUTCOME, outcome("ch_2", false));

    assertThat(charges(Scope.NAMESPACE, Instant.EPOCH)).containsExactly(first);
  }

  @Test
  void seesItsOwnAppendsBeforeTheyAreCommitted() {
    List<Instant> seen =
        fixture.ledger.write(transaction -> {
          transaction.append(EntryType.INTENT, intent("ch_1"));
          return transaction.charges(ChangeClass.RESTART, Scope.CALLER, "stdio:ada", Instant.EPOCH);
        });

    assertThat(seen).containsExactly(fixture.clock.instant());
  }

  @Test
  void knowsIntentsThatWaitForTheirOutcome() {
    fixture.append(EntryType.INTENT, intent("ch_1"));
    Entry second = fixture.append(EntryType.INTENT, intent("ch_2"));
    Entry third = fixture.append(EntryType.INTENT, intent("ch_3"));
    fixture.append(EntryType.OUTCOME, outcome("ch_1", true));

    assertThat(openIntents()).containsExactly(second, third);
    fixture.append(EntryType.OUTCOME, outcome("ch_3", true));
    assertThat(openIntents()).containsExactly(second);
    fixture.append(EntryType.OUTCOME, outcome("ch_2", true));
    assertThat(openIntents()).isEmpty();
    Entry fourth = fixture.append(EntryType.INTENT, intent("ch_4"));
    assertThat(openIntents()).containsExactly(fourth);
  }

  @Test
  void doesNotForgetAnOpenIntentWhenATransactionThatSettledItFails() {
    Entry open = fixture.append(EntryType.INTENT, intent("ch_1"));

    try {
      fixture.ledger.write(transaction -> {
        transaction.append(EntryType.OUTCOME, outcome("ch_1", true));
        assertThat(transaction.openIntents()).isEmpty();
        throw new IllegalStateException("crash");
      });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("crash");
    }

    assertThat(openIntents()).containsExactly(open);
  }

  @Test
  void knowsRequestsThatStillWait() {
    for (int i = 1; i <= 5; i++) {
      fixture.append(EntryType.REQUESTED, request("ar_" + i));
      fixture.clock.advance(Duration.ofMinutes(1));
    }
    fixture.append(EntryType.REJECTED, request("ar_1"));
    fixture.append(EntryType.REVOKED, request("ar_2"));
    fixture.append(EntryType.APPROVED, request("ar_3"));
    fixture.append(EntryType.APPROVED, request("ar_4"));
    fixture.append(EntryType.INTENT, intent("ch_1", "ar_4"));

    assertThat(requestIds(Instant.EPOCH, 10)).containsExactly("ar_3", "ar_5");
    assertThat(requestIds(Instant.EPOCH, 1)).containsExactly("ar_3");
    Instant third = fixture.ledger.read(view -> view.entry(3)).orElseThrow().at();
    assertThat(requestIds(third, 10)).containsExactly("ar_5");
  }

  @Test
  void findsAllThatConcernsARequestOrAChange() {
    fixture.append(EntryType.REQUESTED, request("ar_1"));
    fixture.append(EntryType.REQUESTED, request("ar_2"));
    fixture.append(EntryType.APPROVED, request("ar_1"));
    fixture.append(EntryType.INTENT, intent("ch_1", "ar_1"));
    fixture.append(EntryType.OUTCOME, outcome("ch_1", true));

    assertThat(ofRequest("ar_1")).extracting(Entry::seq).containsExactly(1L, 3L, 4L);
    assertThat(ofChange("ch_1"))
        .extracting(Entry::type)
        .containsExactly(EntryType.INTENT, EntryType.OUTCOME);
    assertThat(ofRequest("ar_9' OR 1=1 --")).isEmpty();
  }

  @Test
  void exportsOneCanonicalLinePerEntry() {
    fixture.append(EntryType.STARTUP, denial("a"));
    Entry entry = fixture.append(EntryType.DENIED, denial("line\nfeed"));
    StringBuilder out = new StringBuilder();

    fixture.ledger.read(view -> {
      LedgerExport.write(view, 2, out);
      return out;
    });

    assertThat(out)
        .hasToString(
            """
            {"at":"2026-01-02T03:04:05Z","body":{"code":"line\\nfeed"},"hash":"%s","prev":"%s","seq":2,"type":"denied"}
            """
                .formatted(entry.hash(), entry.prev()));
  }

  private List<Instant> charges(Scope scope, Instant after) {
    return charges(scope, KEYS.get(scope), after);
  }

  private List<Instant> charges(Scope scope, String key, Instant after) {
    return fixture.ledger.read(view -> view.charges(ChangeClass.RESTART, scope, key, after));
  }

  private List<Entry> ofRequest(String requestId) {
    return fixture.ledger.read(view -> view.ofRequest(requestId));
  }

  private List<Entry> ofChange(String changeId) {
    return fixture.ledger.read(view -> view.ofChange(changeId));
  }

  private List<Entry> openIntents() {
    return fixture.ledger.read(LedgerView::openIntents);
  }

  private List<String> requestIds(Instant after, int limit) {
    return fixture.ledger.read(view -> view.openRequests(after, limit)).stream()
        .map(entry -> entry.text("requestId"))
        .toList();
  }
}
