package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.limit.Scope;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LimitsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Budget NAMESPACE =
      new Budget(ChangeClass.RESTART, Scope.NAMESPACE, 2, Duration.ofHours(1));
  private static final Budget CALLER =
      new Budget(ChangeClass.RESTART, Scope.CALLER, 6, Duration.ofHours(1));
  private static final Budget SCALES =
      new Budget(ChangeClass.SCALE, Scope.CLUSTER, 10, Duration.ofHours(1));

  @TempDir Path folder;
  private Instant now = START;
  private SqliteLedger ledger;
  private int changes;

  @BeforeEach
  void open() {
    ledger =
        new SqliteLedger(
            new StateDirectory(folder.resolve("state")),
            () -> now,
            new SecureRandom(),
            CheckpointSink.none());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void countsAsTheGateDoesAndSaysWhenTheNextSlotFrees() {
    restart("shop", "stdio:agent");
    now = START.plusSeconds(600);
    restart("shop", "stdio:agent");

    List<Limits.Line> lines = limits(Optional.empty(), NAMESPACE, CALLER);

    assertThat(lines)
        .containsExactly(
            new Limits.Line(NAMESPACE, Optional.of("c/shop"), 2, Optional.of(in(60))),
            new Limits.Line(CALLER, Optional.of("stdio:agent"), 2, Optional.of(in(60))));
    assertThat(lines).extracting(Limits.Line::left).containsExactly(0, 4);
  }

  @Test
  void whatLeftTheWindowIsFreeAgain() {
    restart("shop", "stdio:agent");
    now = START.plusSeconds(600);
    restart("shop", "stdio:agent");
    now = in(60);

    List<Limits.Line> later = limits(Optional.empty(), NAMESPACE);

    assertThat(later)
        .containsExactly(new Limits.Line(NAMESPACE, Optional.of("c/shop"), 1, Optional.of(in(70))));
  }

  @Test
  void aSmallerLimitThanWhatIsUsedFreesOnlyWhenOneMoreFits() {
    restart("shop", "a");
    now = START.plusSeconds(600);
    restart("shop", "a");
    Budget one = new Budget(ChangeClass.RESTART, Scope.NAMESPACE, 1, Duration.ofHours(1));

    List<Limits.Line> lines = limits(Optional.empty(), one);

    assertThat(lines)
        .containsExactly(new Limits.Line(one, Optional.of("c/shop"), 2, Optional.of(in(70))));
    assertThat(lines.getFirst().left()).isZero();
  }

  @Test
  void aBudgetThatNothingUsesIsShownToo() {
    List<Limits.Line> lines = limits(Optional.empty(), SCALES);

    assertThat(lines)
        .containsExactly(new Limits.Line(SCALES, Optional.empty(), 0, Optional.empty()));
  }

  @Test
  void showsOneNamespaceAndWhatSpansNamespaces() {
    restart("shop", "a");
    restart("shop-2", "a");

    List<Limits.Line> lines = limits(Optional.of("shop"), NAMESPACE, CALLER);

    assertThat(lines)
        .extracting(line -> line.key().orElse(""), Limits.Line::used)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("c/shop", 1),
            org.assertj.core.groups.Tuple.tuple("a", 2));
  }

  @Test
  void readsOnlyTheEntriesOfTheLongestWindow() {
    for (int i = 0; i < 50; i++) {
      restart("old-" + i, "a");
      now = now.plusSeconds(1);
    }
    now = START.plus(Duration.ofHours(3));
    restart("shop", "a");

    List<Limits.Line> lines = limits(Optional.empty(), NAMESPACE);

    assertThat(lines).extracting(line -> line.key().orElse("")).containsExactly("c/shop");
  }

  private static Instant in(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private List<Limits.Line> limits(Optional<String> namespace, Budget... budgets) {
    return ledger.read(view -> Limits.of(List.of(budgets), view, namespace));
  }

  private void restart(String namespace, String caller) {
    changes++;
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("changeId", "ch_" + changes)
            .put("class", "restart")
            .put("targetUid", "u" + changes);
    body.putObject("scopes")
        .put("workload", "c/" + namespace + "/Deployment/web")
        .put("namespace", "c/" + namespace)
        .put("cluster", "c")
        .put("caller", caller);
    assertThat(ledger.<Long>write(tx -> tx.append(EntryType.INTENT, body).seq())).isPositive();
  }
}
