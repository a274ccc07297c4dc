package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.ledger.EntryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an explanation says is what the gate does, call by call, over random policies, surroundings
/// and histories.
class ExplainAgreesTest {
  private static final int LEDGERS = 4;
  private static final int CALLS = 2_500;
  private static final long SEED = 20_261_123L;

  /// What only the gate can say: it comes after the guardrails.
  private static final Set<Reason> OF_PEOPLE =
      EnumSet.of(
          Reason.TOO_MANY_PENDING,
          Reason.RECENTLY_REJECTED,
          Reason.VETOED,
          Reason.APPROVAL_REQUIRED,
          Reason.APPROVAL_EXPIRED,
          Reason.APPROVAL_REJECTED,
          Reason.APPROVAL_CONSUMED,
          Reason.POLICY_CHANGED,
          Reason.QUORUM_MISSING);

  private static final String ALL =
      "tools: [restart_workload, scale_workload, evict_pod], namespaces: [\"*\"]";
  private static final String BUDGETS =
      """
      budgets: {restart: {workload: 3/1h, namespace: 6/1h}, scale: {workload: 4/1h}, countExternal: on}
      freeze: {denials: 1000/1s}
      """;
  private static final List<String> POLICIES =
      List.of(
          "rules: [{name: all, " + ALL + ", tier: auto, shadow: off}]\n" + BUDGETS,
          "rules: [{name: all, " + ALL + ", tier: auto, shadow: off}]\nnovelty: on\n",
          """
          rules:
            - {name: no-mail, ALL, labels: app=mail, tier: never}
            - {name: big, ALL, when: "usage.memoryBytes > quantity('4Gi')", tier: veto, shadow: off,
               require: [{expr: workload.rolloutComplete, sustainedFor: 60s}, "workload.replicas >= 1"]}
            - {name: rest, ALL, environments: [other], callers: ["stdio:agent-1", "stdio:agent-2"], tier: notify, shadow: off}
          """
              .replace("ALL", ALL),
          """
          windows:
            - {name: night, mode: deny, schedule: "0 1 * * *", duration: 3h}
            - {name: office, mode: allow, days: [mon-sun], from: "04:00", to: "22:00", tools: [scale_workload]}
            - {name: soft, mode: deny, schedule: "0 12 * * *", duration: 5h, ceiling: approve}
          never: [{kinds: [Deployment], namespaces: [bank], tools: [scale_workload]}]
          unsafeAllow: [{kinds: [NetworkPolicy]}]
          scope: {namespaces: [shop, bank], neverNamespaces: []}
          rules: [{name: all, ALL, tier: auto, shadow: off}]
          """
              .replace("ALL", ALL),
          """
          rules:
            - {name: quick, ALL, callers: ["stdio:agent-1", "stdio:agent-3"], tier: auto, shadow: {age: 6h, samples: 3}}
            - {name: hint, ALL, callers: ["stdio:agent-2"], tier: suggest}
            - {name: two, ALL, tier: approve, approvals: 2}
          blastRadius: {workloadsPerIncident: 3, stormPercent: 60, maxReplicas: 7}
          attempts: {max: 2, healthyFor: 30m}
          """
                  .replace("ALL", ALL)
              + BUDGETS,
          "rules: [{name: all, " + ALL + ", tier: auto, shadow: off}]\nfreeze: {denials: 9/1h}\n",
          "rules: [{name: all, " + ALL + ", tier: auto, shadow: off}]\npaused: migration\n",
          "rules: [{name: all, " + ALL + ", tier: sometimes}]\n");

  private final Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
  private final Map<String, Integer> verdicts = new TreeMap<>();

  @Test
  void everyOneOfTenThousandRandomCallsEndsAsExplained(@TempDir Path directory) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < LEDGERS; i++) {
      Path place = Files.createDirectory(directory.resolve("l" + i));
      try (GateFixture fixture = new GateFixture(place, POLICIES.get(0))) {
        History history = new History(fixture, new RandomCalls(random.split()));
        for (int call = 0; call < CALLS; call++) {
          history.step();
        }
      }
    }

    assertThat(verdicts.keySet())
        .contains("Allow", "Deny", "Hold", "Shadow", "Suggest", "Wait", "Allow by a person");
    assertThat(verdicts.values()).allMatch(times -> times >= 5);
    assertThat(refusals.keySet())
        .contains(
            Reason.PAUSED,
            Reason.CALLER_FROZEN,
            Reason.OUT_OF_SCOPE,
            Reason.HARD_DENY,
            Reason.PROTECTED_OBJECT,
            Reason.NO_RULE,
            Reason.POLICY_INVALID,
            Reason.TIER_NEVER,
            Reason.PRECONDITION_FALSE,
            Reason.PRECONDITION_UNKNOWN,
            Reason.PRECONDITION_NOT_SUSTAINED,
            Reason.WINDOW_CLOSED,
            Reason.BACKUP_RUNNING,
            Reason.BACKUP_PREDICTED,
            Reason.DEPLOY_IN_PROGRESS,
            Reason.SECURITY_INCIDENT,
            Reason.CONTEXT_UNKNOWN,
            Reason.BLAST_SCALE_ABS,
            Reason.STATEFUL_SCALE_DOWN,
            Reason.AUTOSCALER_OWNED,
            Reason.GITOPS_OWNED,
            Reason.PDB_BLOCKED,
            Reason.COOLDOWN_POD,
            Reason.COOLDOWN_WORKLOAD,
            Reason.LOCKED);
  }

  /// One ledger's story.
  private final class History {
    private final GateFixture fixture;
    private final RandomCalls random;
    private final Calls calls;
    private final List<Loaded> policies;
    private final List<Permit> unsettled = new ArrayList<>();
    private Optional<ChangeRequest> waiting = Optional.empty();
    private Optional<Attempt> asked = Optional.empty();

    History(GateFixture fixture, RandomCalls random) {
      this.fixture = fixture;
      this.random = random;
      this.calls = new Calls(fixture);
      this.policies = POLICIES.stream().map(fixture::load).toList();
    }

    void step() {
      if (random.one(40)) {
        fixture.policy = random.pick(policies);
      }
      if (random.one(100)) {
        calls.person(random.pick(List.of(EntryType.PAUSED, EntryType.FROZEN)), subject());
      }
      if (random.one(12)) {
        calls.person(EntryType.RESUMED, "*");
        calls.person(EntryType.RELEASED, subject());
      }
      calls.pass(
          random.one(80)
              ? Duration.ofHours(-1)
              : Duration.ofMinutes(random.pick(List.of(0, 1, 5, 60, 120))));
      if (random.one(5)) {
        unsettled.forEach(permit -> calls.settle(permit, Outcome.Result.UNKNOWN));
        unsettled.clear();
      }
      Attempt attempt = attempt();
      Explanation explained = calls.gate().explain(attempt);
      Verdict verdict = calls.run(attempt);
      assertAgree(explained, verdict, attempt);
      goOn(verdict, attempt);
    }

    private String subject() {
      return random.one(2) ? "*" : "stdio:agent-" + random.pick(List.of(0, 1, 2, 3, 4, 5));
    }

    /// A new call, or the one that waited, as a person decided.
    private Attempt attempt() {
      if (waiting.isEmpty() || !random.one(2)) {
        return random.next(fixture.clock.instant());
      }
      ChangeRequest request = waiting.get();
      waiting = Optional.empty();
      Decisions people = new Decisions(fixture.ledger, fixture.ids);
      if (random.one(3)) {
        people.reject(request.id(), "a person", "no");
      } else if (fixture.policy instanceof Loaded.Valid(var policy)) {
        people.approve(request, policy, fixture.key, "terminal");
      }
      Attempt again = asked.orElseThrow();
      return random.one(4) ? again : Calls.with(request.id(), again);
    }

    private void goOn(Verdict verdict, Attempt attempt) {
      switch (verdict) {
        case Verdict.Allow allow -> {
          if (random.one(8)) {
            unsettled.add(allow.permit());
          } else {
            calls.settle(allow.permit(), random.pick(List.of(Outcome.Result.values())));
          }
        }
        case Verdict.Wait wait -> remember(wait.request(), attempt);
        case Verdict.Hold hold -> {
          remember(hold.request(), attempt);
          calls.pass(hold.time());
        }
        case Verdict.Deny _, Verdict.Suggest _, Verdict.Shadow _ -> {}
      }
    }

    private void remember(ChangeRequest request, Attempt attempt) {
      waiting = Optional.of(request);
      asked = Optional.of(attempt);
    }
  }

  private void assertAgree(Explanation explained, Verdict verdict, Attempt attempt) {
    String kind = verdict.getClass().getSimpleName();
    verdicts.merge(kind, 1, Integer::sum);
    Supplier<String> what =
        () -> attempt + " was explained as " + explained + " and ended as " + verdict;
    if (verdict instanceof Verdict.Deny(Denial denial)) {
      refusals.merge(denial.code(), 1, Integer::sum);
      assertThat(refusedAsExplained(explained, denial, attempt)).as(what).isTrue();
      return;
    }
    assertThat(explained.refusal()).as(what).isEmpty();
    assertThat(tierOf(verdict, explained)).as(what).isEqualTo(explained.tier());
    assertThat(verdict instanceof Verdict.Shadow)
        .as(what)
        .isEqualTo(explained.shadow().isPresent());
    if (verdict instanceof Verdict.Allow allow) {
      assertThat(explained.rule()).as(what).contains(allow.rule());
      if (allow.approver().filter("on-call"::equals).isPresent()) {
        verdicts.merge("Allow by a person", 1, Integer::sum);
      }
    }
  }

  private static boolean refusedAsExplained(Explanation explained, Denial denial, Attempt attempt) {
    if (explained.refusal().isPresent()) {
      Denial said = explained.refusal().get();
      return said.code() == denial.code()
          && said.message().equals(denial.message())
          && said.rule().equals(denial.rule())
          && said.limit().equals(denial.limit())
          && said.used().equals(denial.used())
          && said.retryAfter().equals(denial.retryAfter());
    }
    return denial.code() == Reason.PRECONDITION_NOT_SUSTAINED
        ? attempt.observed().isZero()
        : OF_PEOPLE.contains(denial.code()) && explained.tier().compareTo(Tier.SUGGEST) > 0;
  }

  /// The tier that a verdict speaks of; what was not announced is explained as if it had been.
  private static Tier tierOf(Verdict verdict, Explanation explained) {
    return switch (verdict) {
      case Verdict.Allow allow -> allow.tier();
      case Verdict.Shadow shadow -> shadow.tier();
      case Verdict.Suggest _ -> Tier.SUGGEST;
      case Verdict.Hold _ -> Tier.VETO;
      case Verdict.Wait wait ->
          wait.because().stream().anyMatch(one -> one.reason() == Reason.NOTIFIER_DOWN)
              ? explained.tier().atMost(Tier.NOTIFY)
              : Tier.APPROVE;
      case Verdict.Deny _ -> Tier.NEVER;
    };
  }
}
