package io.github.kubewicket.policy;

import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.LedgerTransaction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Measures what the gate itself costs: every guardrail of one call, from a warm gate over a real
/// ledger file. `scripts/bench` runs it and prints its lines, which are JSON.
public final class GateBench {
  private static final int RUNS = 2_000;
  private static final int WARM = 3_000;
  private static final String PLAIN =
      """
      rules:
        - {name: restart, tools: [restart_workload], namespaces: [shop], tier: auto, shadow: off}
      budgets: {restart: {workload: 1000/1h, namespace: 1000/1h, cluster: 1000/1h, tool: 1000/1h, caller: 1000/1h}}
      """;

  private GateBench() {}

  /// Runs.
  ///
  /// @param args the number of entries of the large ledger
  public static void main(String[] args) throws IOException {
    int entries = Integer.parseInt(args[0]);
    try (PrintStream out =
        new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8)) {
      measure(out, "one rule, no condition, empty ledger", PLAIN, 0);
      measure(out, "100 rules with CEL, empty ledger", hundredRules(), 0);
      measure(out, "one rule, no condition, ledger of " + entries, PLAIN, entries);
    }
  }

  private static void measure(PrintStream out, String what, String rules, int entries)
      throws IOException {
    Path directory = Files.createTempDirectory("gate-bench");
    try (GateFixture fixture = new GateFixture(directory, rules)) {
      fill(fixture, entries);
      Gate gate = fixture.gate();
      Attempt attempt = GateFixture.attempt(GateFixture.target(), Optional.empty());
      long[] nanos = new long[RUNS];
      for (int i = -WARM; i < RUNS; i++) {
        long start = System.nanoTime();
        Gate.Screening screening = gate.screen(attempt);
        long took = System.nanoTime() - start;
        if (!(screening instanceof Gate.Screening.Fit)) {
          throw new IllegalStateException("refused: " + screening);
        }
        if (i >= 0) {
          nanos[i] = took;
        }
      }
      Arrays.sort(nanos);
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("what", what)
              .put("p50us", nanos[RUNS / 2] / 1_000)
              .put("p99us", nanos[RUNS * 99 / 100] / 1_000)
              .put("runs", RUNS));
    } finally {
      delete(directory);
    }
  }

  /// Rules that do not speak, each with a condition that is asked, and one that does.
  private static String hundredRules() {
    String others =
        IntStream.range(0, 99)
            .mapToObj(i ->
                "  - {name: r%d, tools: [restart_workload], namespaces: [shop], tier: never, when: 'workload.replicas > %d && production'}"
                    .formatted(i, i + 10))
            .collect(Collectors.joining("\n"));
    return PLAIN.replace("rules:\n", "rules:\n" + others + "\n");
  }

  /// Acts of other workloads and callers, spread over a year before now.
  private static void fill(GateFixture fixture, int entries) {
    int batch = 10_000;
    fixture.clock.advance(Duration.ofDays(-365));
    Duration step = entries == 0 ? Duration.ZERO : Duration.ofDays(364).dividedBy(entries / batch);
    for (int done = 0; done < entries; done += batch) {
      int from = done;
      fixture.ledger.write(tx -> batch(tx, from, batch));
      fixture.clock.advance(step);
    }
    fixture.clock.advance(Duration.ofDays(366));
  }

  private static int batch(LedgerTransaction tx, int from, int size) {
    for (int i = from; i < from + size; i += 2) {
      ObjectNode intent =
          JsonNodeFactory.instance
              .objectNode()
              .put("changeId", "ch_" + i)
              .put("class", "restart")
              .put("targetUid", "uid-" + i % 500)
              .put("caller", "stdio:agent-" + i % 20)
              .put("tool", "restart_workload")
              .put("tier", "auto");
      intent
          .putObject("scopes")
          .put("workload", "cluster-1/ns-" + i % 50 + "/Deployment/web-" + i % 500)
          .put("namespace", "cluster-1/ns-" + i % 50)
          .put("cluster", "cluster-1")
          .put("tool", "cluster-1/restart_workload")
          .put("caller", "stdio:agent-" + i % 20);
      tx.append(EntryType.INTENT, intent);
      tx.append(
          EntryType.OUTCOME,
          JsonNodeFactory.instance
              .objectNode()
              .put("changeId", "ch_" + i)
              .put("result", "verified")
              .put("charged", true));
    }
    return size;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
