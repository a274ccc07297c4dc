package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every history: seeded, so that a failure can be looked at.
class RandomHistoriesTest {
  private static final long SEED = 20_261_123L;
  private static final int STEPS = 250;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ALL =
      "tools: [restart_workload, scale_workload, evict_pod], namespaces: [\"*\"]";
  private static final String AUTO =
      "rules: [{name: all, " + ALL + ", tier: auto, shadow: off}]\nfreeze: {denials: 1000/1s}\n";
  private static final String APPROVE =
      "rules: [{name: all, " + ALL + ", tier: approve}]\nfreeze: {denials: 1000/1s}\n";

  /// The default budgets, as tools-yaml.md names them.
  private static final Map<String, Integer> RESTARTS =
      Map.of("pod", 1, "workload", 1, "namespace", 3, "cluster", 10, "tool", 10, "caller", 6);

  private static final Map<String, Integer> SCALES =
      Map.of("workload", 2, "namespace", 4, "cluster", 10, "tool", 10, "caller", 6);

  @TempDir Path directory;

  @Test
  void noHourHoldsMoreActsThanItsBudgetAcrossRestartsProcessesAndClockJumps() throws IOException {
    SplittableRandom seeds = new SplittableRandom(SEED);
    int refused = 0;
    for (int i = 0; i < 3; i++) {
      Path place = Files.createDirectory(directory.resolve("b" + i));
      try (GateFixture fixture = new GateFixture(place, AUTO)) {
        refused += history(fixture, new RandomCalls(seeds.split()), STEPS);
        List<Entry> charged = charged(fixture.ledger);
        assertThat(charged).hasSizeGreaterThan(30);
        assertWithinBudgets(charged);
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void whatIsPutInFrontToForbidNeverAllowsMore() {
    List<String> bases =
        List.of(
            AUTO,
            APPROVE,
            "novelty: on\n" + AUTO.replace("tier: auto", "tier: veto"),
            AUTO.replace("tier: auto", "when: workload.replicas > 2, tier: notify"));
    List<String> forbids =
        List.of(
            "{name: no, " + ALL + ", tier: never}, ",
            "{name: no, " + ALL + ", labels: app=web, tier: never}, ",
            "{name: no, " + ALL + ", when: \"usage.cpuMillis > 50\", tier: never}, ",
            "{name: no, " + ALL + ", kinds: [StatefulSet], tier: never}, ",
            "never: [{kinds: [Deployment], namespaces: [bank]}]\n",
            "never: [{kinds: [\"*\"], tools: [scale_workload]}]\n",
            "windows: [{name: no, mode: deny, schedule: \"0 3 * * *\", duration: 2h}]\n",
            "windows: [{name: no, mode: allow, schedule: \"0 4 * * *\", duration: 2h}]\n",
            "scope: {namespaces: [shop]}\n",
            "paused: migration\n");
    SplittableRandom seeds = new SplittableRandom(SEED);
    RandomCalls random = new RandomCalls(seeds);
    int less = 0;
    try (GateFixture fixture = new GateFixture(directory, AUTO)) {
      history(fixture, new RandomCalls(seeds.split()), 40);
      Gate gate = fixture.gate();
      for (String base : bases) {
        for (String forbid : forbids) {
          Loaded without = fixture.load(base);
          Loaded with = fixture.load(inFront(forbid, base));
          assertThat(List.of(without, with)).allMatch(Loaded.Valid.class::isInstance);
          for (int i = 0; i < 90; i++) {
            Attempt attempt = random.next(fixture.clock.instant());
            fixture.policy = without;
            Explanation before = gate.explain(attempt);
            fixture.policy = with;
            Explanation after = gate.explain(attempt);
            assertThat(after.tier())
                .as("%s in front of %s: %s", forbid, base, attempt)
                .isLessThanOrEqualTo(before.tier());
            less += after.tier().compareTo(before.tier()) < 0 ? 1 : 0;
          }
        }
      }
    }
    assertThat(less).isGreaterThan(200);
  }

  @Test
  void aPolicyThatDoesNotLoadNeverAllowsAWrite() {
    SplittableRandom random = new SplittableRandom(SEED);
    int broken = 0;
    try (GateFixture fixture = new GateFixture(directory, AUTO)) {
      Calls calls = new Calls(fixture);
      RandomCalls next = new RandomCalls(random.split());
      for (int i = 0; i < 400; i++) {
        fixture.policy = fixture.load(damaged(AUTO, random));
        calls.pass(Duration.ofSeconds(random.nextInt(60)));
        if (fixture.policy instanceof Loaded.Invalid) {
          broken++;
          Attempt attempt = next.next(fixture.clock.instant());
          assertThat(calls.code(attempt)).isEqualTo(Reason.POLICY_INVALID);
          assertThat(
                  calls
                      .gate()
                      .decide(attempt, Calls.preview(attempt, Instant.EPOCH), Instant.EPOCH))
              .isInstanceOf(Verdict.Deny.class);
        }
      }
      assertThat(charged(fixture.ledger)).isEmpty();
    }
    assertThat(broken).isGreaterThan(100);
  }

  /// Two processes, restarts, people who approve, a clock that jumps; how often a budget refused.
  private static int history(GateFixture fixture, RandomCalls random, int steps) {
    SqliteLedger[] stores = {fixture.open(), fixture.open()};
    Gate[] gates = {fixture.gate(stores[0]), fixture.gate(stores[1])};
    Loaded auto = fixture.load(AUTO);
    Loaded approve = fixture.load(APPROVE);
    int refused = 0;
    for (int step = 0; step < steps; step++) {
      int process = random.pick(List.of(0, 1));
      if (random.one(60)) {
        stores[process].close();
        stores[process] = fixture.open();
        gates[process] = fixture.gate(stores[process]);
      }
      fixture.policy = random.one(8) ? approve : auto;
      fixture.clock.advance(Duration.ofMinutes(random.pick(List.of(0, 0, 1, 2, 5))));
      if (random.one(25)) {
        fixture.clock.advance(Duration.ofMinutes(random.pick(List.of(-120, -59, -5, 31, 59, 60))));
      }
      Attempt attempt = random.next(fixture.clock.instant());
      Verdict verdict = Calls.run(gates[process], attempt);
      if (verdict instanceof Verdict.Wait(ChangeRequest request, var _)) {
        String token = fixture.approve(request);
        verdict = Calls.run(gates[1 - process], Calls.with(token, attempt));
      }
      switch (verdict) {
        case Verdict.Allow(Permit permit, var _, var _, var _) ->
            gates[process].settle(
                permit.changeId(),
                new Outcome(
                    random.pick(List.of(Outcome.Result.values())),
                    "x",
                    attempt.arguments().objectNode()));
        case Verdict.Deny(Denial denial) -> refused += denial.limit().isPresent() ? 1 : 0;
        case Verdict.Wait _, Verdict.Hold _, Verdict.Suggest _, Verdict.Shadow _ -> {}
      }
    }
    stores[0].close();
    stores[1].close();
    return refused;
  }

  private static List<Entry> charged(SqliteLedger ledger) {
    List<Entry> acts = new ArrayList<>();
    Set<String> free = new HashSet<>();
    ledger.read(view -> {
      view.forEach(
          1,
          entry -> {
            if (entry.type() == EntryType.INTENT) {
              acts.add(entry);
            }
            if (entry.type() == EntryType.OUTCOME && entry.text("result").equals("refused")) {
              free.add(entry.text("changeId"));
            }
          });
      return acts.size();
    });
    acts.removeIf(act -> free.contains(act.text("changeId")));
    return acts;
  }

  /// Counts anew, from what the intents say was done and not from what they say it is charged to.
  private static void assertWithinBudgets(List<Entry> acts) {
    Map<String, List<Instant>> byBudget = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (Entry act : acts) {
      boolean scales = act.text("tool").equals("scale_workload");
      Map<String, Integer> budgets = scales ? SCALES : RESTARTS;
      keys(act)
          .forEach((scope, key) -> {
            String name = act.text("class") + " " + scope + " " + key;
            byBudget.computeIfAbsent(name, _ -> new ArrayList<>()).add(act.at());
            most.put(name, budgets.getOrDefault(scope, 0));
          });
    }
    byBudget.forEach((name, times) -> {
      for (Instant end : times) {
        long inHour =
            times.stream().filter(at -> !at.isAfter(end) && at.isAfter(end.minus(HOUR))).count();
        assertThat(inHour).as(name + " in the hour to " + end).isLessThanOrEqualTo(most.get(name));
      }
    });
  }

  private static Map<String, String> keys(Entry act) {
    String namespace = act.body().path("target").path("namespace").asString("");
    String workload = act.body().path("arguments").path("workload").asString("");
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "workload",
                namespace + "/" + workload,
                "namespace",
                namespace,
                "cluster",
                "all",
                "tool",
                act.text("tool"),
                "caller",
                act.text("caller")));
    if (act.text("tool").equals("evict_pod")) {
      keys.put("pod", namespace + "/" + act.body().path("target").path("name").asString(""));
    }
    return keys;
  }

  private static String inFront(String forbid, String base) {
    return forbid.startsWith("{")
        ? base.replaceFirst("rules: \\[", "rules: [" + Matcher.quoteReplacement(forbid))
        : forbid + base;
  }

  private static String damaged(String text, SplittableRandom random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(1, 12));
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + text.substring(end);
      case 1 -> text.substring(0, at) + ":{[-\t#&x".charAt(random.nextInt(8)) + text.substring(at);
      default -> text.substring(0, end) + text.substring(at);
    };
  }
}
