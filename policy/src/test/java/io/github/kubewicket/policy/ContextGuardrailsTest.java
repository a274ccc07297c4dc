package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.WorkloadState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The guardrails about when, and about what is supposed to be happening.
class ContextGuardrailsTest {
  private static final String AUTO =
      """
      rules:
        - {name: restart, tools: [restart_workload], namespaces: [shop], tier: auto, shadow: off}
      """;
  private static final String NIGHT =
      """
      windows:
        - {name: nightly, mode: deny, schedule: "0 2 * * *", duration: 90m, reason: nightly backup}
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

  @Test
  void refusesInsideADenyWindowAndSaysWhenItEnds() {
    calls.policy(AUTO + NIGHT);

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.WINDOW_CLOSED);
    assertThat(denial.rule()).contains("windows.nightly");
    assertThat(denial.retryAfter()).contains(Instant.parse("2026-01-02T03:30:00Z"));

    fixture.clock.set(Instant.parse("2026-01-02T03:30:00Z"));
    calls.allowed(calls.restart());
  }

  @Test
  void anApprovalGivenBeforeDoesNotLiftAWindow() {
    calls.policy(AUTO.replace("tier: auto, shadow: off", "tier: approve") + NIGHT);
    fixture.clock.set(Instant.parse("2026-01-03T01:55:00Z"));
    ChangeRequest request = calls.waits(calls.restart());
    String token = fixture.approve(request);
    fixture.clock.set(Instant.parse("2026-01-03T02:05:00Z"));

    assertThat(calls.code(Calls.with(token, calls.restart()))).isEqualTo(Reason.WINDOW_CLOSED);
  }

  @Test
  void refusesOutsideOfEveryAllowWindowAndSaysWhenOneOpens() {
    calls.policy(
        AUTO
            + """
            windows:
              - {name: office, mode: allow, days: [mon-fri], from: "08:00", to: "17:00"}
            """);

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.WINDOW_CLOSED);
    assertThat(denial.retryAfter()).contains(Instant.parse("2026-01-02T08:00:00Z"));

    fixture.clock.set(Instant.parse("2026-01-02T08:00:00Z"));
    calls.allowed(calls.restart());
  }

  @Test
  void aWindowMayLeaveWhatAPersonApproves() {
    calls.policy(AUTO + NIGHT.replace("mode: deny", "mode: deny, ceiling: approve"));

    assertThat(calls.because(calls.restart())).containsExactly(Reason.WINDOW_CLOSED);

    calls.policy(AUTO);
    calls.allowed(calls.restart());
  }

  @Test
  void aCalendarThatCannotBeReadCountsAsClosed() {
    calls.policy(AUTO + "windows: [{name: freeze, mode: deny, calendar: /nowhere/freeze.ics}]\n");

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.CALENDAR_UNAVAILABLE);

    calls.policy(AUTO);
    calls.allowed(calls.restart());
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "veto", "notify", "auto"})
  void refusesWhileABackupRunsAtEveryTier(String tier) {
    tier(tier);
    Consumer<Around> backup = backup(false, "2026-01-02T02:00:00Z", "2026-01-02T03:20:00Z");

    Denial denial = calls.denied(calls.restart(backup).afterAnnouncement());

    assertThat(denial.code()).isEqualTo(Reason.BACKUP_RUNNING);
    assertThat(denial.retryAfter()).contains(Instant.parse("2026-01-02T03:20:00Z"));

    fixture.clock.set(Instant.parse("2026-01-02T03:20:00Z"));
    assertThat(calls.run(calls.restart(backup).afterAnnouncement()))
        .isNotInstanceOf(Verdict.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "veto", "notify", "auto"})
  void refusesWhileABackupIsDueAtEveryTier(String tier) {
    tier(tier);
    Consumer<Around> backup = backup(true, "2026-01-02T03:00:00Z", "2026-01-02T04:00:00Z");

    Denial denial = calls.denied(calls.restart(backup).afterAnnouncement());

    assertThat(denial.code()).isEqualTo(Reason.BACKUP_PREDICTED);
    assertThat(denial.retryAfter()).contains(Instant.parse("2026-01-02T04:00:00Z"));

    Consumer<Around> later = backup(true, "2026-01-02T03:05:00Z", "2026-01-02T04:00:00Z");
    assertThat(calls.run(calls.restart(later).afterAnnouncement()))
        .isNotInstanceOf(Verdict.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "veto", "notify", "auto"})
  void refusesWhereBackupsCannotBeSeenAtEveryTier(String tier) {
    tier(tier);
    Consumer<Around> blind = around -> around.backups = Known.unknown("jobs: forbidden");

    Denial denial = calls.denied(calls.restart(blind).afterAnnouncement());

    assertThat(denial.code()).isEqualTo(Reason.CONTEXT_UNKNOWN);
    assertThat(denial.message()).contains("jobs: forbidden");

    assertThat(calls.run(calls.restart().afterAnnouncement())).isNotInstanceOf(Verdict.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anApprovalGivenBeforeTheBackupDoesNotLiftIt(boolean predicted) {
    tier("approve");
    Consumer<Around> backup = backup(predicted, "2026-01-03T02:00:00Z", "2026-01-03T03:30:00Z");
    fixture.clock.set(Instant.parse("2026-01-03T01:55:00Z"));
    ChangeRequest request = calls.waits(calls.restart(backup));
    String token = fixture.approve(request);
    fixture.clock.set(Instant.parse("2026-01-03T02:05:00Z"));

    assertThat(calls.code(Calls.with(token, calls.restart(backup))))
        .isEqualTo(predicted ? Reason.BACKUP_PREDICTED : Reason.BACKUP_RUNNING);

    calls.allowed(Calls.with(token, calls.restart()));
  }

  @Test
  void aBackupOfAnotherWorkloadDoesNotStopThisOne() {
    Activity backup =
        new Activity(
            "Job/db-backup",
            "running Job",
            false,
            Instant.parse("2026-01-02T03:00:00Z"),
            Optional.empty(),
            Set.of("StatefulSet/db"));
    Consumer<Around> with = around -> around.backups = Known.of(List.of(backup));

    assertThat(calls.run(calls.restart(Calls.workload("StatefulSet", "db"), with)))
        .isInstanceOf(Verdict.Deny.class);
    calls.allowed(calls.restart(with));
  }

  @Test
  void refusesWhileADeploymentIsUnderWay() {
    Activity rollout =
        new Activity(
            "Deployment/web",
            "rollout not complete",
            false,
            Instant.parse("2026-01-02T03:00:00Z"),
            Optional.empty(),
            Set.of("Deployment/web"));
    Consumer<Around> with = around -> around.deployments = Known.of(List.of(rollout));

    assertThat(calls.code(calls.restart(with))).isEqualTo(Reason.DEPLOY_IN_PROGRESS);
    assertThat(calls.code(calls.restart(around -> around.deployments = Known.unknown("no"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    calls.done(calls.restart(Calls.workload("Deployment", "api"), with), Outcome.Result.VERIFIED);
    calls.policy(AUTO + "context: {deployments: {reach: namespace}}\n");
    assertThat(calls.code(calls.restart(Calls.workload("Deployment", "mail"), with)))
        .isEqualTo(Reason.DEPLOY_IN_PROGRESS);
    calls.policy(AUTO + "context: {deployments: off}\n");
    calls.allowed(calls.restart(with));
  }

  @Test
  void refusesDuringASecurityIncident() {
    Consumer<Around> incident =
        around ->
            around.incidents =
                Calls.activity(false, "2026-01-02T03:00:00Z", "2026-01-02T03:30:00Z");

    assertThat(calls.code(calls.restart(incident))).isEqualTo(Reason.SECURITY_INCIDENT);
    assertThat(calls.code(calls.restart(around -> around.incidents = Known.unknown("no"))))
        .isEqualTo(Reason.CONTEXT_UNKNOWN);

    fixture.clock.set(Instant.parse("2026-01-02T03:30:00Z"));
    calls.allowed(calls.restart(incident));
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "prod", "Test", "qa"})
  void leavesProductionToAPerson(String environment) {
    NamespaceState namespace = new NamespaceState(Map.of("env", environment), Map.of());

    assertThat(calls.because(calls.restart(around -> around.namespace = Known.of(namespace))))
        .containsExactly(Reason.PRODUCTION);

    calls.policy(AUTO + "environments: {other: env=" + environment + "}\n");
    calls.allowed(calls.restart(around -> around.namespace = Known.of(namespace)));
  }

  @Test
  void aNamespaceThatDoesNotSayWhatItIsIsProduction() {
    NamespaceState silent = new NamespaceState(Map.of(), Map.of());

    assertThat(calls.because(calls.restart(around -> around.namespace = Known.of(silent))))
        .containsExactly(Reason.PRODUCTION);

    calls.allowed(calls.restart());
  }

  @Test
  void refusesWhereTheNamespaceOrTheWorkloadCannotBeSeen() {
    Reason blind = calls.code(calls.restart(around -> around.namespace = Known.unknown("no")));
    Reason blindToo = calls.code(calls.restart(around -> around.workload = Known.unknown("no")));

    assertThat(List.of(blind, blindToo)).containsOnly(Reason.CONTEXT_UNKNOWN);

    calls.allowed(calls.restart());
  }

  @Test
  void leavesAStatefulSetToAPerson() {
    Target database = Calls.workload("StatefulSet", "db");

    assertThat(calls.because(calls.restart(database))).containsExactly(Reason.STATEFUL);

    calls.allowed(calls.restart(Calls.workload("Deployment", "db")));
  }

  @Test
  void leavesWhatMountsAClaimToAPerson() {
    WorkloadState mounts =
        new WorkloadState(
            "Deployment",
            "web",
            Map.of(),
            Map.of(),
            3,
            3,
            true,
            Optional.empty(),
            Optional.empty(),
            true,
            true,
            true);

    assertThat(calls.because(calls.restart(around -> around.workload = Known.of(mounts))))
        .containsExactly(Reason.STATEFUL);

    calls.allowed(calls.restart());
  }

  private void tier(String tier) {
    String shadow = tier.equals("approve") ? "" : ", shadow: off";
    calls.policy(
        AUTO.replace("tier: auto, shadow: off", "tier: " + tier + shadow)
            + "approvals: {ttl: 30m}\nnotify: {file: /var/log/told}\n");
  }

  private static Consumer<Around> backup(boolean predicted, String from, String until) {
    return around -> around.backups = Calls.activity(predicted, from, until);
  }
}
