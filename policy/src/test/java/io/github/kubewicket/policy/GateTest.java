package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class GateTest {
  private static final String AUTO =
      """
      rules:
        - {name: protect-db, tools: [restart_workload], namespaces: [shop], labels: app=db, tier: never}
        - {name: restart, tools: [restart_workload], namespaces: [shop], tier: auto, shadow: off}
      """;

  @TempDir Path directory;
  private GateFixture fixture;

  @BeforeEach
  void open() {
    fixture = new GateFixture(directory, AUTO);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void allowsWhatARuleAllowsAndWritesTheIntentFirst() {
    Verdict verdict = fixture.run(attempt(GateFixture.target()));

    Permit permit = ((Verdict.Allow) verdict).permit();
    List<Entry> entries = fixture.ledger.read(view -> view.ofChange(permit.changeId()));
    assertThat(entries)
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.type()).isEqualTo(EntryType.INTENT);
          assertThat(entry.text("rule")).isEqualTo("restart");
          assertThat(entry.body().path("scopes").path("namespace").asString())
              .isEqualTo("cluster-1/shop");
        });
  }

  @Test
  void aPermitIsGoodForOneUseOfTheVeryBytes() {
    Permit permit = ((Verdict.Allow) fixture.run(attempt(GateFixture.target()))).permit();
    String digest =
        Operations.digest(GateFixture.preview(fixture.clock.instant()), GateFixture.target());
    String otherBytes = Operations.digest("PATCH", "/x", "y", "sha256:z", "uid-web");

    assertThat(permit.use(otherBytes)).isFalse();
    assertThat(permit.use(digest)).isTrue();
    assertThat(permit.use(digest)).isFalse();
  }

  @Test
  void noMatchIsNo() {
    Target elsewhere =
        new Target(
            "cluster-1",
            "apps/v1",
            "Deployment",
            "bank",
            "web",
            "u",
            1,
            "sha256:s",
            java.util.Map.of(),
            "Deployment/web",
            Optional.empty());

    assertThat(code(fixture.run(attempt(elsewhere)))).isEqualTo(Reason.NO_RULE);
    assertThat(
            fixture
                .gate()
                .screen(new Caller("stdio:agent"), "restart_workload", "bank")
                .map(Denial::code))
        .contains(Reason.NO_RULE);
    assertThat(
            fixture
                .gate()
                .screen(new Caller("stdio:agent"), "scale_workload", "shop")
                .map(Denial::code))
        .contains(Reason.TOOL_NOT_ENABLED);
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    Target database = GateFixture.target("db", "uid-db", 1, "sha256:s");

    assertThat(code(fixture.run(attempt(database)))).isEqualTo(Reason.TIER_NEVER);
  }

  @Test
  void aPolicyThatDoesNotLoadClosesWrites() {
    fixture.policy = fixture.load("rules: [{name: x}]");

    assertThat(code(fixture.run(attempt(GateFixture.target())))).isEqualTo(Reason.POLICY_INVALID);
    assertThat(
            fixture
                .gate()
                .screen(new Caller("stdio:agent"), "restart_workload", "shop")
                .map(Denial::code))
        .contains(Reason.POLICY_INVALID);
  }

  @Test
  void aLedgerThatCannotBeWrittenClosesWrites() {
    fixture.ledger.close();

    assertThat(code(fixture.run(attempt(GateFixture.target()))))
        .isEqualTo(Reason.AUDIT_UNAVAILABLE);
  }

  @Test
  void aSecondRestartOfAWorkloadWithinTheHourIsRefusedWithTheTimeToRetry() {
    settle(fixture.run(attempt(GateFixture.target())), Outcome.Result.VERIFIED);
    Instant first = fixture.clock.instant();
    fixture.clock.advance(Duration.ofMinutes(59));

    Denial denial = denial(fixture.run(attempt(GateFixture.target())));

    assertThat(denial.code()).isEqualTo(Reason.COOLDOWN_WORKLOAD);
    assertThat(denial.limit()).contains("1/1h");
    assertThat(denial.used()).hasValue(1);
    assertThat(denial.retryAfter()).contains(first.plus(Duration.ofHours(1)));
    assertThat(denial.entry()).isPresent();

    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(fixture.run(attempt(GateFixture.target()))).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void aFourthRestartInANamespaceWithinTheHourIsRefused() {
    for (String name : List.of("a", "b", "c")) {
      settle(restart(name), Outcome.Result.VERIFIED);
      fixture.clock.advance(Duration.ofMinutes(10));
    }

    assertThat(code(restart("d"))).isEqualTo(Reason.RATE_NAMESPACE);
  }

  @Test
  void anActThatTheApiServerRefusedIsNotCharged() {
    settle(fixture.run(attempt(GateFixture.target())), Outcome.Result.REFUSED);

    assertThat(fixture.run(attempt(GateFixture.target()))).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void anActWithAnUnknownEndStaysCharged() {
    settle(fixture.run(attempt(GateFixture.target())), Outcome.Result.UNKNOWN);

    assertThat(code(fixture.run(attempt(GateFixture.target()))))
        .isEqualTo(Reason.COOLDOWN_WORKLOAD);
  }

  @Test
  void turningTheClockBackFreesNothing() {
    settle(fixture.run(attempt(GateFixture.target())), Outcome.Result.VERIFIED);

    fixture.clock.advance(Duration.ofDays(-1));

    assertThat(code(fixture.run(attempt(GateFixture.target()))))
        .isEqualTo(Reason.COOLDOWN_WORKLOAD);
  }

  @Test
  void twoChangesOfOneTargetDoNotOverlap() {
    fixture.policy = fixture.load(AUTO + "budgets: {restart: {workload: 9/1h, namespace: 9/1h}}\n");
    fixture.run(attempt(GateFixture.target()));

    assertThat(code(fixture.run(attempt(GateFixture.target())))).isEqualTo(Reason.LOCKED);
  }

  @Test
  void aChangeIsTakenBackOnceAtMost() {
    Permit permit = ((Verdict.Allow) fixture.run(attempt(GateFixture.target()))).permit();
    Preview back = GateFixture.preview(fixture.clock.instant());

    assertThat(fixture.gate().permitRevert(permit.changeId(), GateFixture.target(), back))
        .isPresent();
    assertThat(fixture.gate().permitRevert(permit.changeId(), GateFixture.target(), back))
        .isEmpty();
    assertThat(fixture.gate().permitRevert("ch_invented", GateFixture.target(), back)).isEmpty();
  }

  @Test
  void twoProcessesNeverShareTheLastUnitOfABudget() throws InterruptedException {
    List<Verdict> verdicts = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int process = 0; process < 4; process++) {
      String name = "w" + process;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (var store = fixture.open()) {
                  Verdict verdict =
                      GateFixture.run(
                          fixture.gate(store),
                          attempt(GateFixture.target(name, "uid-" + name, 1, "sha256:s")));
                  synchronized (verdicts) {
                    verdicts.add(verdict);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(verdicts).filteredOn(Verdict.Allow.class::isInstance).hasSize(3);
    assertThat(verdicts)
        .filteredOn(Verdict.Deny.class::isInstance)
        .singleElement()
        .satisfies(verdict -> assertThat(code(verdict)).isEqualTo(Reason.RATE_NAMESPACE));
  }

  @Test
  void aLoopOfRefusalsDoesNotFillTheDisk() {
    Target elsewhere = GateFixture.target("db", "uid-db", 1, "sha256:s");
    Gate gate = fixture.gate();
    for (int i = 0; i < 200; i++) {
      GateFixture.run(gate, attempt(elsewhere));
    }

    long entries = fixture.ledger.read(view -> view.last().orElseThrow().seq());
    assertThat(entries).isLessThan(70);
  }

  private Verdict restart(String name) {
    return fixture.run(attempt(GateFixture.target(name, "uid-" + name, 1, "sha256:s")));
  }

  private void settle(Verdict verdict, Outcome.Result result) {
    fixture
        .gate()
        .settle(
            ((Verdict.Allow) verdict).permit().changeId(),
            new Outcome(result, "x", JsonNodeFactory.instance.objectNode()));
  }

  private static Attempt attempt(Target target) {
    return GateFixture.attempt(target, Optional.empty());
  }

  private static Denial denial(Verdict verdict) {
    return ((Verdict.Deny) verdict).denial();
  }

  private static Reason code(Verdict verdict) {
    return denial(verdict).code();
  }
}
