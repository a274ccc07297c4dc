package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.ledger.EntryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The guardrails about what happened before: budgets, attempts, novelty, age.
class HistoryGuardrailsTest {
  private static final String AUTO =
      """
      rules:
        - {name: restart, tools: [restart_workload, evict_pod], namespaces: ["*"], tier: auto, shadow: off}
      """;
  private static final String WIDE =
      AUTO
          + """
          budgets: {restart: {pod: 100/1h, workload: 100/1h, namespace: 100/1h, cluster: 100/1h, tool: 100/1h, caller: 100/1h}}
          """;

  @TempDir Path directory;
  private GateFixture fixture;
  private Calls calls;

  @BeforeEach
  void open() {
    fixture = new GateFixture(directory, WIDE);
    calls = new Calls(fixture);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.Result.class,
      names = {"ESCALATED", "REVERTED", "UNKNOWN", "NOT_APPLIED", "VERIFIED"})
  void afterThreeAttemptsThatDidNotHoldAPersonDecides(Outcome.Result result) {
    attempts(3, result);

    assertThat(calls.because(calls.restart())).containsExactly(Reason.ESCALATED);

    calls.allowed(calls.restart(Calls.workload("Deployment", "other")));
  }

  @Test
  void anHourOfHealthBeginsTheAttemptsAnew() {
    attempts(3, Outcome.Result.ESCALATED);
    Instant since = fixture.clock.instant();
    Consumer<Around> well =
        around -> around.workload = Known.of(web(Optional.of(since), Optional.empty()));
    calls.pass(Duration.ofMinutes(59));

    assertThat(calls.because(calls.restart(well))).containsExactly(Reason.ESCALATED);

    calls.pass(Duration.ofMinutes(1));
    calls.allowed(calls.restart(well));
  }

  @Test
  void anActThatWasVerifiedAndHeldForAnHourBeginsTheAttemptsAnew() {
    attempts(2, Outcome.Result.ESCALATED);
    attempts(1, Outcome.Result.VERIFIED);

    assertThat(calls.because(calls.restart())).containsExactly(Reason.ESCALATED);

    calls.pass(Duration.ofMinutes(56));
    calls.allowed(calls.restart());
  }

  @Test
  void aPersonsApprovalBeginsTheAttemptsAnew() {
    attempts(3, Outcome.Result.ESCALATED);
    ChangeRequest request = calls.waits(calls.restart());
    String token = fixture.approve(request);
    calls.done(Calls.with(token, calls.restart()), Outcome.Result.ESCALATED);
    calls.pass(Duration.ofMinutes(5));

    attempts(3, Outcome.Result.ESCALATED);
    assertThat(calls.because(calls.restart())).containsExactly(Reason.ESCALATED);
  }

  @Test
  void aPersonsReleaseBeginsTheAttemptsAnewAlthoughTheClockStands() {
    attempts(3, Outcome.Result.ESCALATED);
    calls.person(EntryType.RELEASED, "shop/Deployment/web");

    for (int i = 0; i < 3; i++) {
      calls.done(calls.restart(), Outcome.Result.ESCALATED);
    }
    assertThat(calls.because(calls.restart())).containsExactly(Reason.ESCALATED);
  }

  @Test
  void whatWasNeverApprovedAndVerifiedNeedsAPerson() {
    calls.policy(WIDE + "novelty: on\n");
    ChangeRequest request = calls.waits(calls.restart());
    assertThat(calls.because(calls.restart())).containsExactly(Reason.NOVEL);
    String token = fixture.approve(request);

    calls.done(Calls.with(token, calls.restart()), Outcome.Result.VERIFIED);

    calls.done(calls.restart(), Outcome.Result.VERIFIED);
    assertThat(calls.because(calls.restart(Calls.workload("bank", "Deployment", "web"))))
        .containsExactly(Reason.NOVEL);
    assertThat(calls.because(calls.restart(Calls.workload("DaemonSet", "agent"))))
        .containsExactly(Reason.NOVEL);
    assertThat(calls.because(calls.evict(_ -> {}))).containsExactly(Reason.NOVEL);
  }

  @Test
  void whatWasApprovedAndDidNotWorkIsStillNovel() {
    calls.policy(WIDE + "novelty: on\n");
    String token = fixture.approve(calls.waits(calls.restart()));

    calls.done(Calls.with(token, calls.restart()), Outcome.Result.ESCALATED);

    assertThat(calls.because(calls.restart())).containsExactly(Reason.NOVEL);
  }

  @Test
  void whatWorkedWithoutAPersonIsStillNovel() {
    calls.done(calls.restart(), Outcome.Result.VERIFIED);

    calls.policy(WIDE + "novelty: on\n");

    assertThat(calls.because(calls.restart())).containsExactly(Reason.NOVEL);
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, 3, 1, a readiness probe",
    "true, false, 3, 1, a liveness probe",
    "true, true, 3, 0, a PodDisruptionBudget",
    "false, false, 3, 0, 'a readiness probe, a liveness probe, a PodDisruptionBudget'"
  })
  void aWorkloadThatKubernetesCannotHealIsLeftToAPerson(
      boolean readiness, boolean liveness, int replicas, int budgets, String missing) {
    WorkloadState web =
        new WorkloadState(
            "Deployment",
            "web",
            Map.of(),
            Map.of(),
            replicas,
            replicas,
            true,
            Optional.empty(),
            Optional.empty(),
            readiness,
            liveness,
            false);
    Consumer<Around> poor =
        around -> {
          around.workload = Known.of(web);
          around.budgets = Known.of(List.of(new DisruptionBudget("web", 1)).subList(0, budgets));
        };

    Verdict verdict = calls.run(calls.restart(poor));

    assertThat(((Verdict.Wait) verdict).because())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.reason()).isEqualTo(Reason.NATIVE_HEALING_MISSING);
          assertThat(one.message()).endsWith("lacks " + missing);
        });
    calls.policy(WIDE + "nativeHealing: off\n");
    calls.allowed(calls.restart(poor));
  }

  @Test
  void aYoungPodIsNotRestarted() {
    Instant created = fixture.clock.instant().minus(Duration.ofMinutes(59));

    Denial denial = calls.denied(calls.evict(pod(created)));

    assertThat(denial.code()).isEqualTo(Reason.COOLDOWN_POD);
    assertThat(denial.retryAfter()).contains(created.plus(Duration.ofHours(1)));
    assertThat(calls.code(calls.evict(around -> around.pod = Known.of(Optional.empty()))))
        .isEqualTo(Reason.COOLDOWN_POD);
    assertThat(calls.code(calls.evict(around -> around.pod = Known.unknown("forbidden"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.pass(Duration.ofMinutes(1));
    calls.allowed(calls.evict(pod(created)));
  }

  @Test
  void aRestartByOthersCountsWhereTheFileSaysSo() {
    String budgets = "budgets: {restart: {workload: 2/1h, namespace: 9/1h}, countExternal: on}\n";
    calls.policy(AUTO + budgets);
    calls.done(calls.restart(), Outcome.Result.VERIFIED);
    Instant ours = fixture.clock.instant();
    calls.pass(Duration.ofMinutes(20));
    Instant theirs = fixture.clock.instant();
    calls.pass(Duration.ofMinutes(10));

    Denial denial = calls.denied(calls.restart(restartedAt(theirs)));

    assertThat(denial.code()).isEqualTo(Reason.COOLDOWN_WORKLOAD);
    assertThat(denial.limit()).contains("2/1h");
    assertThat(denial.used()).hasValue(2);
    assertThat(denial.retryAfter()).contains(theirs.plus(Duration.ofHours(1)));
    assertThat(calls.code(calls.restart(around -> around.workload = Known.unknown("forbidden"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.done(calls.restart(restartedAt(ours.plusSeconds(2))), Outcome.Result.REFUSED);
    calls.policy(AUTO + budgets.replace(", countExternal: on", ""));
    calls.allowed(calls.restart(restartedAt(theirs)));
  }

  @ParameterizedTest
  @CsvSource({
    "pod, evict_pod, shop/a/1, shop/a/1, shop/a/2, COOLDOWN_POD",
    "workload, restart_workload, shop/a, shop/a, shop/b, COOLDOWN_WORKLOAD",
    "namespace, restart_workload, shop/a, shop/b, bank/b, RATE_NAMESPACE",
    "tool, restart_workload, shop/a, bank/b, shop/a/1, RATE_TOOL"
  })
  void aBudgetIsUsedUpForWhatItCountsOver(
      String scope, String tool, String first, String second, String other, Reason code) {
    calls.policy(WIDE.replace(scope + ": 100/1h", scope + ": 1/1h"));
    Instant start = fixture.clock.instant();
    calls.done(calls.call(tool, at(first), _ -> {}), Outcome.Result.VERIFIED);

    Denial denial = calls.denied(calls.call(tool, at(second), _ -> {}));

    assertThat(denial.code()).isEqualTo(code);
    assertThat(denial.rule()).contains("budgets.restart." + scope);
    assertThat(denial.limit()).contains("1/1h");
    assertThat(denial.used()).hasValue(1);
    assertThat(denial.retryAfter()).contains(start.plus(Duration.ofHours(1)));
    String otherTool = other.split("/").length == 3 ? "evict_pod" : tool;
    calls.done(calls.call(otherTool, at(other), _ -> {}), Outcome.Result.VERIFIED);
  }

  @Test
  void theBudgetsOfTheClusterAndOfTheCallerHoldForEverything() {
    calls.policy(WIDE.replace("caller: 100/1h", "caller: 1/1h"));
    calls.done(calls.restart(at("shop/a")), Outcome.Result.VERIFIED);

    assertThat(calls.code(calls.restart(at("bank/b")))).isEqualTo(Reason.RATE_CALLER);

    calls.done(Calls.by("stdio:other", calls.restart(at("bank/b"))), Outcome.Result.VERIFIED);
    calls.policy(WIDE.replace("cluster: 100/1h", "cluster: 2/1h"));
    assertThat(calls.code(Calls.by("stdio:third", calls.restart(at("bank/c")))))
        .isEqualTo(Reason.RATE_CLUSTER);
  }

  @Test
  void noApprovalLiftsABudget() {
    calls.policy(AUTO.replace("tier: auto, shadow: off", "tier: approve"));
    String token = fixture.approve(calls.waits(calls.restart()));
    ChangeRequest another = calls.waits(Calls.by("stdio:other", calls.restart()));
    String second = fixture.approve(another);
    calls.done(Calls.with(token, calls.restart()), Outcome.Result.VERIFIED);

    assertThat(calls.code(Calls.with(second, Calls.by("stdio:other", calls.restart()))))
        .isEqualTo(Reason.COOLDOWN_WORKLOAD);
  }

  @Test
  void twoChangesOfOneWorkloadDoNotOverlap() {
    Permit first = calls.allowed(calls.evict(_ -> {}));

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.LOCKED);

    calls.settle(first, Outcome.Result.VERIFIED);
    calls.allowed(calls.restart());
  }

  private void attempts(int times, Outcome.Result result) {
    for (int i = 0; i < times; i++) {
      calls.done(calls.restart(), result);
      calls.pass(Duration.ofMinutes(5));
    }
  }

  private static Target at(String path) {
    String[] parts = path.split("/");
    Target workload = Calls.workload(parts[0], "Deployment", parts[1]);
    return parts.length == 2
        ? workload
        : new Target(
            "cluster-1",
            "v1",
            "Pod",
            parts[0],
            parts[2],
            "uid-" + path,
            0,
            "sha256:pod",
            Map.of(),
            workload.workload(),
            Optional.of(parts[2]));
  }

  private static Consumer<Around> restartedAt(Instant at) {
    return around -> around.workload = Known.of(web(Optional.empty(), Optional.of(at)));
  }

  private static WorkloadState web(Optional<Instant> availableSince, Optional<Instant> restarted) {
    return Calls.since(Around.workload("Deployment", "web", 3), availableSince, restarted);
  }

  private static Consumer<Around> pod(Instant created) {
    return around ->
        around.pod =
            Known.of(
                Optional.of(
                    new PodState(
                        "web-1", Map.of(), created, true, 0, Optional.empty(), Optional.empty())));
  }
}
