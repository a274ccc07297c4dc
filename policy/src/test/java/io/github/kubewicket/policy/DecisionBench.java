package io.github.kubewicket.policy;

import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.PostgresStore;
import io.github.kubewicket.policy.ledger.StateDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Measures what one act costs in the ledger, on SQLite and on the PostgreSQL that
/// `KUBEWICKET_TEST_POSTGRES` names: the screening (a read), the decision and the outcome (a
/// durable write each). Prints lines of JSON.
public final class DecisionBench {
  /// Each on a workload of its own: an incident that spreads over a hundred needs a person.
  private static final int RUNS = 60;

  private static final int WARM = 35;
  private static final String RULES =
      FightProcess.RULES.replace("namespace: 3/2s", "namespace: 1000/1h");

  private DecisionBench() {}

  /// Runs.
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path directory = Files.createTempDirectory("decision-bench");
    try (GateFixture fixture = new GateFixture(directory, RULES)) {
      measure(out, "SQLite", fixture, fixture.ledger);
    }
    StateDirectory state = new StateDirectory(directory.resolve("postgres"));
    try (PostgresStore store = new PostgresStore(state);
        Ledger ledger =
            store.open(InstantSource.system(), CheckpointSink.none(), Duration.ofSeconds(5));
        GateFixture fixture =
            new GateFixture(Files.createDirectory(directory.resolve("beside")), RULES)) {
      measure(out, "PostgreSQL", fixture, ledger);
    }
  }

  private static void measure(PrintStream out, String what, GateFixture fixture, Ledger ledger) {
    ledger.write(tx -> tx.append(EntryType.STARTUP, JsonNodeFactory.instance.objectNode()));
    Gate gate = fixture.gate(ledger, InstantSource.system(), "bench");
    long[][] nanos = new long[3][RUNS];
    for (int i = -WARM; i < RUNS; i++) {
      Target target = GateFixture.target("web-" + i, "uid-" + i, 1, "sha256:spec");
      Attempt attempt =
          GateFixture.attempt(
              "stdio:agent", "restart_workload", target, "It leaks.", Optional.empty());
      long start = System.nanoTime();
      Gate.Screening.Fit fit = (Gate.Screening.Fit) gate.screen(attempt);
      long screened = System.nanoTime();
      Verdict.Allow allow =
          (Verdict.Allow)
              gate.decide(attempt, GateFixture.preview(fit.plannedAt()), fit.plannedAt());
      long decided = System.nanoTime();
      gate.settle(
          allow.permit().changeId(),
          new Outcome(Outcome.Result.VERIFIED, "x", JsonNodeFactory.instance.objectNode()));
      long settled = System.nanoTime();
      if (i >= 0) {
        nanos[0][i] = screened - start;
        nanos[1][i] = decided - screened;
        nanos[2][i] = settled - decided;
      }
    }
    print(out, what + ", screen", nanos[0]);
    print(out, what + ", decide", nanos[1]);
    print(out, what + ", outcome", nanos[2]);
  }

  private static void print(PrintStream out, String what, long[] nanos) {
    Arrays.sort(nanos);
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("what", what)
            .put("p50us", nanos[RUNS / 2] / 1_000)
            .put("p90us", nanos[RUNS * 9 / 10] / 1_000)
            .put("runs", RUNS));
  }
}
