package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ApprovalStatement;
import io.github.kubewicket.policy.approval.ApprovalToken;
import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.ledger.EntryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Attacks on approvals: each tries to have something done that nobody said yes to.
class ForgedApprovalTest {
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
  void refusesAnInventedApproval() {
    ChangeRequest request = fixture.ask();

    assertThat(code("yes")).isEqualTo(Reason.APPROVAL_INVALID);
    assertThat(code("ar_00000000000000000000000000")).isEqualTo(Reason.APPROVAL_UNKNOWN);
    assertThat(code(request.id())).isEqualTo(Reason.APPROVAL_REQUIRED);
  }

  @Test
  void refusesATokenSignedWithAKeyThatIsNotRegistered() {
    ChangeRequest request = fixture.ask();
    ApproverKey stranger = fixture.key("stranger");

    assertThat(code(ApprovalToken.sign(statement(request, "on-call"), stranger)))
        .isEqualTo(Reason.APPROVAL_INVALID);
  }

  @Test
  void refusesAnApprovalThatSomebodyWroteIntoTheLedger() {
    ChangeRequest request = fixture.ask();
    String forged = ApprovalToken.sign(statement(request, "on-call"), fixture.key("stranger"));
    fixture.ledger.write(tx ->
        tx.append(
            EntryType.APPROVED,
            JsonNodeFactory.instance
                .objectNode()
                .put("requestId", request.id())
                .put("approver", "on-call")
                .put("statement", forged)));

    assertThat(code(request.id())).isEqualTo(Reason.APPROVAL_INVALID);
  }

  @Test
  void refusesATokenWhosePayloadWasEdited() {
    String token = fixture.approve(fixture.ask());
    String[] parts = token.split("\\.");
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String edited =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                payload
                    .replaceFirst("\"exp\":(\\d)", "\"exp\":9")
                    .getBytes(StandardCharsets.UTF_8));

    assertThat(code(parts[0] + "." + edited + "." + parts[2])).isEqualTo(Reason.APPROVAL_INVALID);
  }

  @Test
  void refusesAnApprovalThatAnotherCallerWasGiven() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);
    Attempt foreign =
        GateFixture.attempt(
            "stdio:other",
            "restart_workload",
            GateFixture.target(),
            "It leaks.",
            Optional.of(request.id()));

    assertThat(code(fixture.run(foreign))).isEqualTo(Reason.DIGEST_MISMATCH);
  }

  @Test
  void refusesAnApprovalForAnotherTarget() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);
    Target other = GateFixture.target("api", "uid-api", 7, "sha256:spec");

    assertThat(code(fixture.run(GateFixture.attempt(other, Optional.of(request.id())))))
        .isEqualTo(Reason.DIGEST_MISMATCH);
  }

  @Test
  void refusesAnApprovalForOtherArguments() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);
    Attempt edited =
        GateFixture.attempt(
            "stdio:agent",
            "restart_workload",
            GateFixture.target(),
            "Another reason.",
            Optional.of(request.id()));

    assertThat(code(fixture.run(edited))).isEqualTo(Reason.DIGEST_MISMATCH);
  }

  @Test
  void refusesAnApprovalOnceTheTargetHasChanged() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);

    assertThat(changed(request, GateFixture.target("web", "uid-web", 8, "sha256:spec")))
        .isEqualTo(Reason.TARGET_CHANGED);
    assertThat(changed(request, GateFixture.target("web", "uid-web", 7, "sha256:other")))
        .isEqualTo(Reason.TARGET_CHANGED);
    assertThat(changed(request, GateFixture.target("web", "uid-new", 7, "sha256:spec")))
        .isEqualTo(Reason.TARGET_CHANGED);
  }

  @Test
  void refusesAnApprovalWhenTheDryRunSaysSomethingElseNow() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);
    Instant plannedAt = Instant.parse(request.text("plannedAt"));
    Attempt attempt = GateFixture.attempt(GateFixture.target(), Optional.of(request.id()));

    Verdict verdict =
        fixture
            .gate()
            .decide(attempt, GateFixture.preview(plannedAt, "sha256:otherdiff"), plannedAt);

    assertThat(code(verdict)).isEqualTo(Reason.TARGET_CHANGED);
  }

  @Test
  void refusesAnApprovalWhenTheBytesToBeSentAreOthers() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);
    Attempt attempt = GateFixture.attempt(GateFixture.target(), Optional.of(request.id()));
    Instant later = fixture.clock.instant().plusSeconds(60);

    Verdict verdict = fixture.gate().decide(attempt, GateFixture.preview(later), later);

    assertThat(code(verdict)).isEqualTo(Reason.TARGET_CHANGED);
  }

  @Test
  void refusesAnApprovalOnceThePolicyHasChanged() {
    ChangeRequest request = fixture.ask();
    fixture.approve(request);

    fixture.policy = fixture.load(APPROVE + "verify: {timeout: 3m}\n");

    assertThat(code(request.id())).isEqualTo(Reason.POLICY_CHANGED);
  }

  @Test
  void refusesTheRequesterAsApprover() {
    Attempt bosses =
        GateFixture.attempt(
            "stdio:boss", "restart_workload", GateFixture.target(), "x", Optional.empty());
    ChangeRequest request = ((Verdict.Wait) fixture.run(bosses)).request();

    assertThat(
            new Decisions(fixture.ledger, fixture.ids)
                .approve(request, fixture.policy(), fixture.key, "terminal"))
        .isInstanceOf(Decisions.Result.Refused.class);
    Attempt again =
        GateFixture.attempt(
            "stdio:boss",
            "restart_workload",
            GateFixture.target(),
            "x",
            Optional.of(ApprovalToken.sign(statement(request, "on-call"), fixture.key)));
    assertThat(code(fixture.run(again))).isEqualTo(Reason.SELF_APPROVAL);
  }

  @Test
  void refusesToSignARequestThatDoesNotShowWhatItBinds() {
    ChangeRequest request = fixture.ask();
    var body = request.body().deepCopy().put("diff", "nothing to see");
    ChangeRequest dressedUp =
        new ChangeRequest(
            request.id(),
            request.state(),
            request.createdAt(),
            request.expiresAt(),
            body,
            List.of());

    assertThat(
            new Decisions(fixture.ledger, fixture.ids)
                .approve(dressedUp, fixture.policy(), fixture.key, "terminal"))
        .isInstanceOf(Decisions.Result.Refused.class);
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
