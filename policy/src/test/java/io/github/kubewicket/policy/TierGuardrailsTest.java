package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.LedgerView;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate's own guardrails: what each tier asks for, and rules in shadow.
class TierGuardrailsTest {
  private static final String RULE =
      """
      notify: {file: /var/log/told.jsonl, hold: 60s}
      budgets: {restart: {workload: 100/1h, namespace: 100/1h, cluster: 100/1h, tool: 100/1h, caller: 100/1h}}
      rules:
        - {name: restart, tools: [restart_workload], namespaces: [shop], tier: TIER}
      """;
  private static final String AUTO = tier("auto, shadow: off");
  private static final String SHADOW = tier("auto, shadow: {age: 1d, samples: 2}");
  private static final Duration HOLD = Duration.ofSeconds(60);

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
  void aRuleThatSaysNeverRefusesWhoeverApproves() {
    calls.policy(tier("never"));

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.TIER_NEVER);
    assertThat(denial.code().approvable()).isFalse();

    calls.policy(AUTO);
    calls.allowed(calls.restart());
  }

  @Test
  void aRuleThatSuggestsDoesNothing() {
    calls.policy(tier("suggest"));

    assertThat(calls.run(calls.restart()))
        .isInstanceOfSatisfying(
            Verdict.Suggest.class, it -> assertThat(it.rule()).isEqualTo("restart"));
    List<Entry> intents = fixture.ledger.read(LedgerView::openIntents);
    assertThat(intents).isEmpty();

    calls.policy(AUTO);
    calls.allowed(calls.restart());
  }

  @Test
  void aRuleThatWantsTwoPeopleTakesTwoDifferentOnes() {
    ApproverKey second = fixture.key("second");
    calls.policy(
        "  - {name: second, key: \""
            + second.publicKey().text()
            + "\"}\n"
            + tier("approve, approvals: 2"));
    ChangeRequest request = calls.waits(calls.restart());
    fixture.approve(request);

    assertThat(calls.code(Calls.with(request.id(), calls.restart())))
        .isEqualTo(Reason.QUORUM_MISSING);
    assertThat(
            new Decisions(fixture.ledger, fixture.ids)
                .approve(request, fixture.policy(), fixture.key, "terminal"))
        .isInstanceOf(Decisions.Result.Refused.class);

    fixture.approve(request, second);
    calls.allowed(Calls.with(request.id(), calls.restart()));
  }

  @Test
  void whatAPersonRejectedIsNotAskedAgainWithinTheHour() {
    calls.policy(tier("approve"));
    reject(calls.waits(calls.restart()));
    calls.pass(Duration.ofMinutes(59));

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.RECENTLY_REJECTED);
    assertThat(denial.retryAfter()).contains(fixture.clock.instant().plus(Duration.ofMinutes(1)));

    calls.pass(Duration.ofMinutes(1));
    calls.waits(calls.restart());
  }

  @Test
  void aCallerHasNoMoreThanSoManyRequestsWaiting() {
    calls.policy(tier("approve") + "approvals: {maxPending: 2}\n");
    calls.waits(calls.restart(Calls.workload("Deployment", "a")));
    calls.waits(calls.restart(Calls.workload("Deployment", "b")));

    Denial denial = calls.denied(calls.restart(Calls.workload("Deployment", "c")));

    assertThat(denial.code()).isEqualTo(Reason.TOO_MANY_PENDING);
    assertThat(denial.limit()).contains("2");

    calls.waits(calls.restart(Calls.workload("Deployment", "a")));
    calls.pass(Duration.ofMinutes(15));
    calls.waits(calls.restart(Calls.workload("Deployment", "c")));
  }

  @Test
  void whatNobodyObjectsToGoesOnAfterTheHold() {
    calls.policy(tier("veto, shadow: off"));

    assertThat(calls.run(calls.restart()))
        .isInstanceOfSatisfying(
            Verdict.Hold.class, hold -> assertThat(hold.time()).isEqualTo(HOLD));
    calls.pass(HOLD.minusMillis(1));
    assertThat(calls.run(calls.restart().afterAnnouncement())).isInstanceOf(Verdict.Hold.class);

    calls.pass(Duration.ofMillis(1));
    assertThat(calls.run(calls.restart())).isInstanceOf(Verdict.Hold.class);
    calls.allowed(calls.restart().afterAnnouncement());
  }

  @Test
  void theSilenceOfPeopleIsGoodForOneAct() {
    calls.policy(tier("veto, shadow: off"));
    calls.run(calls.restart());
    calls.pass(HOLD);
    calls.done(calls.restart().afterAnnouncement(), Outcome.Result.VERIFIED);

    assertThat(calls.run(calls.restart().afterAnnouncement())).isInstanceOf(Verdict.Hold.class);
  }

  @Test
  void whatAPersonObjectsToIsNotDone() {
    calls.policy(tier("veto, shadow: off"));
    reject(held(calls.restart()));
    calls.pass(HOLD);

    assertThat(calls.code(calls.restart().afterAnnouncement())).isEqualTo(Reason.VETOED);
    assertThat(calls.code(calls.restart())).isEqualTo(Reason.RECENTLY_REJECTED);
  }

  @Test
  void aTargetThatChangedDuringTheHoldIsAnnouncedAnew() {
    calls.policy(tier("veto, shadow: off"));
    ChangeRequest announced = held(calls.restart());
    calls.pass(HOLD);
    Target changed = GateFixture.target("web", "uid-web", 8, "sha256:other");

    ChangeRequest anew = held(calls.restart(changed).afterAnnouncement());

    assertThat(anew.id()).isNotEqualTo(announced.id());
  }

  @Test
  void anotherDiffThanTheAnnouncedOneIsNotDone() {
    calls.policy(tier("veto, shadow: off"));
    held(calls.restart());
    calls.pass(HOLD);
    Attempt attempt = calls.restart().afterAnnouncement();
    Preview usual = Calls.preview(attempt, fixture.clock.instant());
    Preview other =
        new Preview(
            usual.verb(),
            usual.path(),
            usual.contentType(),
            usual.bodyHash(),
            "-old\n+worse",
            "sha256:worse",
            usual.postSpecHash(),
            usual.blastRadius(),
            usual.wayBack(),
            usual.warnings());

    Verdict verdict = calls.gate().decide(attempt, other, fixture.clock.instant());

    assertThat(((Verdict.Deny) verdict).denial().code()).isEqualTo(Reason.TARGET_CHANGED);
    calls.allowed(attempt);
  }

  @Test
  void theWorldIsAskedAgainAfterTheHold() {
    calls.policy(tier("veto, shadow: off"));
    held(calls.restart());
    calls.pass(HOLD);
    Attempt duringBackup =
        calls.restart(around ->
            around.backups = Calls.activity(false, "2026-01-02T03:04:00Z", "2026-01-02T04:00:00Z"));

    assertThat(calls.code(duringBackup.afterAnnouncement())).isEqualTo(Reason.BACKUP_RUNNING);

    calls.allowed(calls.restart().afterAnnouncement());
  }

  @Test
  void whereNobodyCouldBeToldAPersonHasToApprove() {
    calls.policy(tier("notify, shadow: off"));

    assertThat(calls.because(calls.restart())).containsExactly(Reason.NOTIFIER_DOWN);

    calls.allowed(calls.restart().afterAnnouncement());
  }

  @Test
  void aNewRuleOnlyRecordsUntilItIsOldEnoughAndHasSpokenOftenEnough() {
    calls.policy(SHADOW);
    calls.gate().noteRules();
    calls.pass(Duration.ofDays(1));
    shadowed(calls.restart());
    shadowed(calls.restart());

    calls.allowed(calls.restart());
  }

  @Test
  void samplesWithoutAgeAreNotEnough() {
    calls.policy(SHADOW);
    shadowed(calls.restart());
    shadowed(calls.restart());
    calls.pass(Duration.ofDays(1).minusSeconds(1));
    shadowed(calls.restart());
    calls.pass(Duration.ofSeconds(1));

    calls.allowed(calls.restart());
  }

  @Test
  void editingARuleBeginsItsShadowAnewAndSoDoesChangingItBack() {
    ripe();
    String edited = SHADOW.replace("namespaces: [shop]", "namespaces: [shop, bank]");
    calls.policy(edited);
    shadowed(calls.restart());
    calls.policy(SHADOW);

    shadowed(calls.restart());
    calls.pass(Duration.ofDays(1));
    shadowed(calls.restart());
    calls.allowed(calls.restart());
  }

  @Test
  void editingTheFileAndNotTheRuleDoesNot() {
    ripe();
    calls.policy(SHADOW + "# a remark\nanswers: {maxBytes: 4096}\n");

    calls.allowed(calls.restart());
  }

  @Test
  void anEditThatOnlyAnotherProcessSawBeginsTheShadowAnewAndItEnds() {
    ripe();
    try (SqliteLedger store = fixture.open()) {
      fixture.policy = fixture.load(SHADOW.replace("[shop]", "[shop, bank]"));
      fixture.gate(store).noteRules();
    }
    calls.policy(SHADOW);

    shadowed(calls.restart());
    shadowed(calls.restart());
    calls.pass(Duration.ofDays(1));
    calls.allowed(calls.restart());
  }

  @Test
  void aRuleInShadowThatWouldHaveAskedAPersonAsksOne() {
    calls.policy(SHADOW.replace("tier: auto", "tier: notify"));

    shadowed(calls.restart().afterAnnouncement());
    calls.waits(calls.restart(Calls.workload("StatefulSet", "db")));
  }

  /// Lets the rule grow out of its shadow.
  private void ripe() {
    calls.policy(SHADOW);
    shadowed(calls.restart());
    shadowed(calls.restart());
    calls.pass(Duration.ofDays(1));
    calls.done(calls.restart(), Outcome.Result.VERIFIED);
    calls.pass(Duration.ofHours(2));
  }

  private void shadowed(Attempt attempt) {
    assertThat(calls.run(attempt)).isInstanceOf(Verdict.Shadow.class);
  }

  private ChangeRequest held(Attempt attempt) {
    Verdict verdict = calls.run(attempt);
    assertThat(verdict).isInstanceOf(Verdict.Hold.class);
    return ((Verdict.Hold) verdict).request();
  }

  private void reject(ChangeRequest request) {
    Decisions.Result result =
        new Decisions(fixture.ledger, fixture.ids).reject(request.id(), "a person", "not now");
    assertThat(result).isInstanceOf(Decisions.Result.Recorded.class);
  }

  private static String tier(String tier) {
    return RULE.replace("TIER", tier);
  }
}
