package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.FieldOwner;
import io.github.kubewicket.policy.context.Known;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The guardrails about how far an act may reach.
class BlastGuardrailsTest {
  private static final String AUTO =
      """
      rules:
        - {name: all, tools: [restart_workload, evict_pod, scale_workload], namespaces: [shop], tier: auto, shadow: off}
      budgets: {scale: {workload: 100/1h, namespace: 100/1h, caller: 100/1h}, restart: {namespace: 9/1h}}
      nativeHealing: off
      """;

  @TempDir Path directory;
  private GateFixture fixture;
  private Calls calls;

  @BeforeEach
  void open() {
    fixture = new GateFixture(directory, AUTO);
    calls = new Calls(fixture);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource({"1,2", "3,4", "4,5", "5,7", "8,10", "15,19"})
  void aWorkloadGrowsByAQuarterRoundedUpWithoutAPerson(int from, int most) {
    assertThat(calls.because(calls.scale(Calls.WEB, from, most + 1)))
        .containsExactly(Reason.BLAST_SCALE_PERCENT);

    calls.allowed(calls.scale(Calls.WEB, from, most));
  }

  @Test
  void sixTimesAQuarterDoesNotTurnFourIntoNineteen() {
    calls.done(calls.scale(Calls.WEB, 4, 5), Outcome.Result.VERIFIED);
    for (int wanted = 7; wanted <= 19; wanted += 3) {
      calls.wait(Duration.ofMinutes(8));
      assertThat(calls.because(calls.scale(Calls.WEB, 5, wanted)))
          .containsExactly(Reason.BLAST_SCALE_PERCENT);
    }

    assertThat(calls.because(calls.scale(Calls.WEB, 5, 6)))
        .containsExactly(Reason.BLAST_SCALE_PERCENT);

    calls.wait(Duration.ofHours(1));
    calls.done(calls.scale(Calls.WEB, 5, 7), Outcome.Result.VERIFIED);
  }

  @Test
  void goingDownAndUpAgainDoesNotRaiseTheStart() {
    calls.done(calls.scale(Calls.WEB, 8, 4), Outcome.Result.VERIFIED);

    assertThat(calls.because(calls.scale(Calls.WEB, 4, 8)))
        .containsExactly(Reason.BLAST_SCALE_PERCENT);

    calls.allowed(calls.scale(Calls.WEB, 4, 5));
  }

  @Test
  void nobodyAsksForMoreThanTheMostReplicas() {
    Denial denial = calls.denied(calls.scale(Calls.WEB, 18, 21));

    assertThat(denial.code()).isEqualTo(Reason.BLAST_SCALE_ABS);
    assertThat(denial.limit()).contains("20");
    assertThat(denial.used()).hasValue(21);
    assertThat(denial.code().approvable()).isFalse();

    calls.policy(AUTO + "blastRadius: {maxReplicas: 21, workloadsPerIncident: 9}\n");
    calls.allowed(calls.scale(Calls.WEB, 18, 21));
  }

  @Test
  void aNumberOfReplicasThatMakesNoSenseIsRefused() {
    assertThat(calls.code(calls.scale(Calls.WEB, 3, -1))).isEqualTo(Reason.BLAST_SCALE_ABS);

    calls.allowed(calls.scale(Calls.WEB, 3, 4));
  }

  @Test
  void replicasThatCannotBeSeenAreNotChanged() {
    Attempt blind =
        calls.scale(Calls.WEB, 3, 4, around -> around.workload = Known.unknown("forbidden"));

    assertThat(calls.code(blind)).isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.allowed(calls.scale(Calls.WEB, 3, 4));
  }

  @Test
  void aStatefulSetIsNotMadeSmallerUnlessTheRuleNamesItsKind() {
    Target database = Calls.workload("StatefulSet", "db");

    assertThat(calls.code(calls.scale(database, 3, 2))).isEqualTo(Reason.STATEFUL_SCALE_DOWN);

    assertThat(calls.because(calls.scale(database, 3, 4))).containsExactly(Reason.STATEFUL);
    calls.policy(AUTO.replace("namespaces: [shop]", "namespaces: [shop], kinds: [StatefulSet]"));
    assertThat(calls.because(calls.scale(database, 3, 2))).containsExactly(Reason.STATEFUL);
  }

  @Test
  void scalingToNothingNeedsAPerson() {
    assertThat(calls.because(calls.scale(Calls.WEB, 3, 0))).containsExactly(Reason.LAST_REPLICA);

    calls.allowed(calls.scale(Calls.WEB, 3, 1));
  }

  @Test
  void anAutoscalersReplicasAreItsOwn() {
    assertThat(calls.code(owned(FieldOwner.Kind.AUTOSCALER))).isEqualTo(Reason.AUTOSCALER_OWNED);

    calls.allowed(calls.scale(Calls.WEB, 3, 4));
  }

  @Test
  void whatIsInGitIsChangedInGit() {
    assertThat(calls.code(owned(FieldOwner.Kind.GITOPS))).isEqualTo(Reason.GITOPS_OWNED);
    assertThat(
            calls.code(
                calls.scale(Calls.WEB, 3, 4, around -> around.managers = Known.unknown("no"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.allowed(calls.scale(Calls.WEB, 3, 4));
  }

  @Test
  void restartingTheOnlyReplicaNeedsAPerson() {
    Consumer<Around> single =
        around -> around.workload = Known.of(Around.workload("Deployment", "web", 1));

    assertThat(calls.because(calls.restart(single))).containsExactly(Reason.LAST_REPLICA);

    calls.policy(AUTO + "blastRadius: {lastReplica: off}\n");
    calls.allowed(calls.restart(single));
  }

  @Test
  void anEvictionNeedsHeadroomInItsDisruptionBudget() {
    assertThat(calls.code(calls.evict(headroom(0)))).isEqualTo(Reason.PDB_BLOCKED);
    assertThat(calls.code(calls.evict(around -> around.budgets = Known.unknown("no"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.allowed(calls.evict(headroom(1)));
  }

  @Test
  void aRestartWithoutHeadroomInADisruptionBudgetNeedsAPerson() {
    assertThat(calls.because(calls.restart(headroom(0)))).containsExactly(Reason.PDB_BLOCKED);

    calls.allowed(calls.restart(headroom(1)));
  }

  @Test
  void inAStormAgentsOnlySuggest() {
    Verdict verdict = calls.run(calls.restart(crowd(5, 3)));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Suggest.class,
            suggest ->
                assertThat(suggest.because())
                    .singleElement()
                    .satisfies(one -> assertThat(one.reason()).isEqualTo(Reason.STORM)));
    assertThat(calls.code(calls.restart(around -> around.crowd = Known.unknown("no"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.done(calls.restart(crowd(6, 3)), Outcome.Result.VERIFIED);
    calls.allowed(calls.restart(Calls.workload("Deployment", "api"), crowd(2, 2)));
  }

  @Test
  void aSecondWorkloadWithinAnIncidentNeedsAPerson() {
    calls.policy(AUTO + "blastRadius: {workloadsPerIncident: 1}\n");
    Target other = Calls.workload("Deployment", "api");
    calls.done(calls.restart(), Outcome.Result.VERIFIED);

    calls.wait(Duration.ofMinutes(59));
    assertThat(calls.because(calls.restart(other))).containsExactly(Reason.BLAST_MULTI_WORKLOAD);
    assertThat(calls.because(calls.scale(other, 3, 4)))
        .containsExactly(Reason.BLAST_MULTI_WORKLOAD);

    calls.allowed(Calls.by("stdio:other", calls.scale(Calls.workload("Deployment", "b"), 3, 4)));
    calls.wait(Duration.ofMinutes(1));
    calls.allowed(calls.restart(other));
  }

  @Test
  void aNewTriggerIsNotANewIncident() {
    calls.policy(AUTO + "blastRadius: {workloadsPerIncident: 1}\n");
    calls.done(calls.restart(), Outcome.Result.VERIFIED);
    Attempt it = calls.restart(Calls.workload("Deployment", "api"));
    Attempt invented =
        new Attempt(
                it.caller(),
                it.tool(),
                it.changeClass(),
                it.arguments(),
                it.target(),
                it.reason(),
                Optional.of("AnotherAlert"),
                it.confidence(),
                it.approval())
            .in(it.surroundings());

    assertThat(calls.because(invented)).containsExactly(Reason.BLAST_MULTI_WORKLOAD);
  }

  private Attempt owned(FieldOwner.Kind kind) {
    return calls.scale(
        Calls.WEB,
        3,
        4,
        around -> around.managers = Known.of(List.of(new FieldOwner(kind, "something"))));
  }

  private static Consumer<Around> headroom(int allowed) {
    return around ->
        around.budgets =
            Known.of(
                List.of(new DisruptionBudget("wide", 5), new DisruptionBudget("web", allowed)));
  }

  private static Consumer<Around> crowd(int workloads, int unhealthy) {
    return around -> around.crowd = Known.of(new Crowd(workloads, unhealthy));
  }
}
