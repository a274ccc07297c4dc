package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ApprovalStatement;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.canonical.CanonicalJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// The life of an approval, from the request to its one use.
class ApprovalTest {
  private static final String APPROVE =
      """
      rules:
        - {name: restart, tools: [restart_workload], namespaces: [shop], tier: approve}
      budgets: {restart: {workload: 9/1h, namespace: 9/1h, caller: 9/1h}}
      """;

  @TempDir Path directory;
  private GateFixture fixture;

  @BeforeEach
  void open() {
    fixture = new GateFixture(directory, APPROVE);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void waitsForAPersonAndThenActsOnce() {
    ChangeRequest request = fixture.ask();
    assertThat(code(request.id())).isEqualTo(Reason.APPROVAL_REQUIRED);

    fixture.approve(request);

    Verdict allowed = run(request.id());
    assertThat(allowed).isInstanceOf(Verdict.Allow.class);
    assertThat(((Verdict.Allow) allowed).approver()).contains("on-call");
    settle(allowed);
    assertThat(code(request.id())).isEqualTo(Reason.APPROVAL_CONSUMED);
  }

  @Test
  void theTokenItselfWorksAsWellAndOnlyOnce() {
    String token = fixture.approve(fixture.ask());

    settle(run(token));

    assertThat(code(token)).isEqualTo(Reason.APPROVAL_CONSUMED);
  }

  @Test
  void theSameWishStaysOneRequest() {
    ChangeRequest first = fixture.ask();
    fixture.clock.advance(Duration.ofMinutes(3));

    assertThat(fixture.ask().id()).isEqualTo(first.id());
    assertThat(fixture.open(fixture.ledger)).hasSize(1);
  }

  @Test
  void refusesAnExpiredRequestAndAnExpiredApproval() {
    ChangeRequest unanswered = fixture.ask();
    fixture.clock.advance(Duration.ofMinutes(15));
    assertThat(code(unanswered.id())).isEqualTo(Reason.APPROVAL_EXPIRED);

    ChangeRequest request = fixture.ask();
    String token = fixture.approve(request);
    fixture.clock.advance(Duration.ofMinutes(15));
    assertThat(code(token)).isEqualTo(Reason.APPROVAL_EXPIRED);
    assertThat(code(request.id())).isEqualTo(Reason.APPROVAL_EXPIRED);
  }

  @Test
  void refusesWhatAPersonRejectedOrTookBack() {
    Decisions decisions = new Decisions(fixture.ledger, fixture.ids);
    ChangeRequest rejected = fixture.ask();
    decisions.reject(rejected.id(), "ada", "not now");
    assertThat(code(rejected.id())).isEqualTo(Reason.APPROVAL_REJECTED);
    Verdict again = fixture.run(GateFixture.attempt(GateFixture.target(), Optional.empty()));
    assertThat(((Verdict.Deny) again).denial().code()).isEqualTo(Reason.RECENTLY_REJECTED);
    fixture.clock.advance(Duration.ofMinutes(61));

    ChangeRequest revoked = fixture.ask();
    String token = fixture.approve(revoked);
    decisions.revoke(revoked.id(), "ada", "on second thought");
    assertThat(code(revoked.id())).isEqualTo(Reason.APPROVAL_REVOKED);
    assertThat(code(token)).isEqualTo(Reason.APPROVAL_REVOKED);
  }

  @Test
  void anApprovalSurvivesARestartAndWorksInAnotherProcess() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);
    fixture.ledger.close();

    try (var store = fixture.open()) {
      Verdict verdict =
          GateFixture.run(
              fixture.gate(store),
              GateFixture.attempt(GateFixture.target(), Optional.of(request.id())));

      assertThat(verdict).isInstanceOf(Verdict.Allow.class);
    }
  }

  @Test
  void anApprovalDoesNotLiftABudget() {
    fixture.policy = fixture.load(APPROVE.replace("workload: 9/1h", "workload: 1/1h"));
    ChangeRequest first = fixture.ask();
    fixture.approve(first);
    ChangeRequest second =
        ((Verdict.Wait)
                fixture.run(
                    GateFixture.attempt(
                        "stdio:agent",
                        "restart_workload",
                        GateFixture.target(),
                        "Again.",
                        Optional.empty())))
            .request();
    fixture.approve(second);
    settle(run(first.id()));

    Attempt again =
        GateFixture.attempt(
            "stdio:agent",
            "restart_workload",
            GateFixture.target(),
            "Again.",
            Optional.of(second.id()));

    assertThat(code(fixture.run(again))).isEqualTo(Reason.COOLDOWN_WORKLOAD);
  }

  @Test
  void anAgentCannotFloodThePerson() {
    for (int i = 0; i < 5; i++) {
      fixture.run(
          GateFixture.attempt(
              "stdio:agent", "restart_workload", GateFixture.target(), "r" + i, Optional.empty()));
    }

    assertThat(
            code(
                fixture.run(
                    GateFixture.attempt(
                        "stdio:agent",
                        "restart_workload",
                        GateFixture.target(),
                        "one more",
                        Optional.empty()))))
        .isEqualTo(Reason.TOO_MANY_PENDING);
  }

  @Test
  void theBindingNamesEverythingThatItIsGoodFor() {
    String binding = CanonicalJson.text(fixture.ask().binding().json());

    assertThat(binding)
        .contains(
            "argumentsHash",
            "\"principal\":\"stdio:agent\"",
            "\"uid\":\"cluster-1\"",
            "\"uid\":\"uid-web\"",
            "\"generation\":7",
            "specHash",
            "bodyHash",
            "diffHash",
            "postSpecHash",
            "\"rule\":\"restart\"",
            fixture.policy().digest(),
            "notAfter");
  }

  private ApprovalStatement statement(ChangeRequest request, String approver) {
    Instant now = fixture.clock.instant();
    return new ApprovalStatement(
        request.id(),
        request.text("bindingDigest"),
        ApprovalStatement.Decision.APPROVE,
        approver,
        now,
        now.plusSeconds(600),
        "jti-1");
  }

  private Reason changed(ChangeRequest request, Target target) {
    return code(fixture.run(GateFixture.attempt(target, Optional.of(request.id()))));
  }

  private Verdict run(String approval) {
    return fixture.run(GateFixture.attempt(GateFixture.target(), Optional.of(approval)));
  }

  private Reason code(String approval) {
    return code(run(approval));
  }

  private static Reason code(Verdict verdict) {
    return ((Verdict.Deny) verdict).denial().code();
  }

  private void settle(Verdict verdict) {
    fixture
        .gate()
        .settle(
            ((Verdict.Allow) verdict).permit().changeId(),
            new Outcome(Outcome.Result.VERIFIED, "x", JsonNodeFactory.instance.objectNode()));
  }
}
