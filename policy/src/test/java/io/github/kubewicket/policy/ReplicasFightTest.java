package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ledger.AuditReport;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.ledger.PostgresStore;
import io.github.kubewicket.policy.ledger.RealPostgres;
import io.github.kubewicket.policy.ledger.StateDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Two replicas with 32 agents each and a budget of 3; one replica is killed, and PostgreSQL loses
/// its power.
@RealPostgres
@Timeout(120)
final class ReplicasFightTest {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final int BUDGET = 3;

  @TempDir Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      assertThat(process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void noWindowHoldsAFourthActWhateverDiesMeanwhile() throws Exception {
    StateDirectory state = new StateDirectory(directory.resolve("state"));
    try (PostgresStore store = new PostgresStore(state)) {
      try (Ledger ledger =
          store.open(InstantSource.system(), CheckpointSink.none(), Duration.ofSeconds(5))) {
        ledger.write(tx -> tx.append(EntryType.STARTUP, JsonNodeFactory.instance.objectNode()));
        Process one = start(store, state, "one");
        Process two = start(store, state, "two");
        CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(() -> said(one));
        CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(() -> said(two));
        awaitIntents(ledger, 4);

        one.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        awaitIntents(ledger, 7);
        store.crash();
        awaitIntents(ledger, 13);
        two.outputWriter(StandardCharsets.UTF_8).append('.').close();
        List<String> survivor = second.get(60, TimeUnit.SECONDS);
        settle(ledger);

        List<String> acts = new ArrayList<>(first.get(10, TimeUnit.SECONDS));
        acts.addAll(survivor);
        acts.removeIf(line -> !line.startsWith("act "));
        List<Entry> intents = entries(ledger, EntryType.INTENT);
        assertThat(survivor.getLast()).startsWith("refusals ").doesNotStartWith("refusals 0 ");
        assertThat(acts).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(9);
        assertThat(intents.stream().map(intent -> "act " + intent.text("changeId")))
            .containsAll(acts);
        assertWithinBudget(intents);
        assertThat(entries(ledger, EntryType.OUTCOME)).hasSameSizeAs(intents);
        assertThat(ledger.read(LedgerView::openIntents)).isEmpty();
      }
      AuditReport report = store.audit(Optional.empty(), List.of());
      assertThat(report.findings()).isEmpty();
    }
  }

  private Process start(PostgresStore store, StateDirectory state, String name) throws IOException {
    Process process = FightProcess.start(store.schema(), state.path(), name);
    processes.add(process);
    return process;
  }

  /// What a survivor does with changes whose process is gone.
  private void settle(Ledger ledger) {
    try (GateFixture fixture = new GateFixture(directory, FightProcess.RULES)) {
      Gate gate = fixture.gate(ledger, InstantSource.system(), "three");
      for (Entry open : ledger.read(LedgerView::openIntents)) {
        gate.settle(
            open.text("changeId"),
            new Outcome(
                Outcome.Result.NOT_APPLIED, "Found so.", JsonNodeFactory.instance.objectNode()));
      }
    }
  }

  private static void assertWithinBudget(List<Entry> intents) {
    for (Entry last : intents) {
      Instant end = last.at();
      long within =
          intents.stream()
              .filter(it -> !it.at().isAfter(end) && it.at().isAfter(end.minus(WINDOW)))
              .filter(it -> it.seq() <= last.seq())
              .count();
      assertThat(within).as("in the window to " + end).isLessThanOrEqualTo(BUDGET);
    }
  }

  private static void awaitIntents(Ledger ledger, int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (entries(ledger, EntryType.INTENT).size() < count) {
      assertThat(System.nanoTime()).as("there were never " + count + " acts").isLessThan(deadline);
      Thread.sleep(100);
    }
  }

  private static List<Entry> entries(Ledger ledger, EntryType type) {
    List<Entry> found = new ArrayList<>();
    ledger.read(view -> {
      view.forEach(
          1,
          entry -> {
            if (entry.type() == type) {
              found.add(entry);
            }
          });
      return found.size();
    });
    return found;
  }

  private static List<String> said(Process process) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      return reader.lines().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
