package io.github.kubewicket.policy;

import io.github.kubewicket.policy.ledger.CheckpointKeyPlace;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.policy.ledger.PostgresLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.ledger.TestPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.JsonNodeFactory;

/// One replica in a fight for a budget: many agents who ask without pause until its standard input
/// ends. It prints a line for each act, before it does it, and then one that counts.
public final class FightProcess {
  static final String RULES =
      """
      rules: [{name: all, tools: [restart_workload], namespaces: ["*"], tier: auto, shadow: off}]
      freeze: {denials: 1000/1s}
      budgets: {restart: {workload: 1000/1h, namespace: 3/2s, cluster: 1000/1h, tool: 1000/1h, caller: 1000/1h}}
      """;

  private static final int AGENTS = 32;

  private FightProcess() {}

  /// Starts one.
  static Process start(String schema, Path state, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx192m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            FightProcess.class.getName(),
            schema,
            state.toString(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// @param arguments schema, state directory, name
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String name = arguments[2];
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger refusals = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    Path scratch = Files.createTempDirectory("fight");
    try (GateFixture fixture = new GateFixture(scratch, RULES);
        PostgresLedger ledger =
            new PostgresLedger(
                TestPostgres.place(arguments[0]),
                new CheckpointKeyPlace.Local(
                    new StateDirectory(Path.of(arguments[1])), new SecureRandom()),
                InstantSource.system(),
                CheckpointSink.none())) {
      Object unused = fixture.policy();
      Gate gate = fixture.gate(ledger, InstantSource.system(), name);
      List<Thread> agents = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        Target target = GateFixture.target(name + "-" + i, "uid-" + name + i, 1, "sha256:spec");
        agents.add(
            Thread.ofVirtual()
                .start(() -> {
                  while (!over.get()) {
                    try {
                      if (!once(gate, target, out)) {
                        refusals.incrementAndGet();
                      }
                    } catch (LedgerException e) {
                      failures.incrementAndGet();
                    }
                    // The budget is what they fight for, not the processor.
                    LockSupport.parkNanos(2_000_000);
                  }
                }));
      }
      int end = System.in.read();
      over.set(end < 0 || end > 0);
      for (Thread agent : agents) {
        agent.join();
      }
    }
    out.println("refusals " + refusals + " failures " + failures);
  }

  private static boolean once(Gate gate, Target target, PrintStream out) {
    Attempt attempt =
        GateFixture.attempt(
            "stdio:agent", "restart_workload", target, "It leaks.", Optional.empty());
    if (!(GateFixture.run(gate, attempt) instanceof Verdict.Allow(Permit permit, _, _, _))) {
      return false;
    }
    out.println("act " + permit.changeId());
    gate.settle(
        permit.changeId(),
        new Outcome(Outcome.Result.VERIFIED, "x", JsonNodeFactory.instance.objectNode()));
    return true;
  }
}
