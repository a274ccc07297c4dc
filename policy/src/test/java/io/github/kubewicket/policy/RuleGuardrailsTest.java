package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.Usage;
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

/// The guardrails that rules write down: when they speak, and what they require.
class RuleGuardrailsTest {
  private static final String RULES =
      """
      rules:
        - name: restart
          tools: [restart_workload]
          namespaces: [shop]
          tier: auto
          shadow: off
      """;
  private static final String LEAK =
      """
      windows:
        - {name: nightly, mode: deny, schedule: "0 2 * * *", duration: 90m, reason: nightly backup}
      """
          + RULES
          + """
          #
              environments: [other]
              require:
                - {expr: "usage.memoryBytes > quantity('5Gi')", sustainedFor: 60s, message: "It uses no more than 5 GiB."}
                - {expr: "!has(workload.restartedAt) || now - workload.restartedAt > duration('1h')", code: COOLDOWN_WORKLOAD}
          """;

  @TempDir Path directory;
  private GateFixture fixture;
  private Calls calls;

  @BeforeEach
  void open() {
    fixture = new GateFixture(directory, RULES);
    calls = new Calls(fixture);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void noRuleIsNo() {
    calls.policy("rules: []\n");

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.NO_RULE);

    calls.policy(RULES);
    calls.allowed(calls.restart());
  }

  @Test
  void aRuleSpeaksOnlyWhereItsConditionIsTrue() {
    calls.policy(RULES + "    when: workload.replicas > 3\n");

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.NO_RULE);

    calls.allowed(calls.restart(replicas(4)));
  }

  @Test
  void aRuleWhoseConditionIsUnknownEndsTheSearch() {
    calls.policy(
        RULES.replace("tier: auto\n    shadow: off", "tier: never")
            + "    when: usage.cpuMillis > 100\n"
            + RULES.replace("rules:\n", "").replace("name: restart", "name: second"));

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.PRECONDITION_UNKNOWN);

    calls.allowed(calls.restart(uses(50, 0)));
  }

  @Test
  void aRequirementThatIsFalseIsNoWithTheRulesOwnWords() {
    calls.policy(
        RULES
            + "    require:\n      - {expr: workload.replicas > 3, code: LAST_REPLICA,"
            + " message: too few}\n");

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.LAST_REPLICA);
    assertThat(denial.message()).isEqualTo("too few");
    calls.policy(RULES + "    require: [workload.replicas > 3]\n");
    assertThat(calls.code(calls.restart())).isEqualTo(Reason.PRECONDITION_FALSE);

    calls.allowed(calls.restart(replicas(4)));
  }

  @Test
  void aRequirementThatIsUnknownIsNo() {
    calls.policy(RULES + "    require: [usage.cpuMillis < 100]\n");

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.PRECONDITION_UNKNOWN);

    calls.allowed(calls.restart(uses(50, 0)));
  }

  @Test
  void aRequirementHasToHoldForAsLongAsTheRuleWants() {
    calls.policy(
        RULES + "    require:\n      - {expr: workload.replicas > 2, sustainedFor: 60s}\n");
    Gate.Screening screening = calls.gate().screen(calls.restart());

    assertThat(screening)
        .isInstanceOfSatisfying(
            Gate.Screening.Fit.class,
            fit -> assertThat(fit.watch()).isEqualTo(Duration.ofSeconds(60)));
    assertThat(calls.code(calls.restart().observedFor(Duration.ofMillis(59_999))))
        .isEqualTo(Reason.PRECONDITION_NOT_SUSTAINED);

    calls.allowed(calls.restart().observedFor(Duration.ofSeconds(60)));
  }

  @Test
  void theRuleOfFourConditionsRefusesForTheFirstThatIsNotTrue() {
    fixture.clock.set(Instant.parse("2026-01-02T14:00:00Z"));
    calls.policy(LEAK);
    Consumer<Around> leaks = uses(100, 6L << 30);
    Instant now = fixture.clock.instant();

    assertThat(calls.denied(calls.restart(uses(100, 4L << 30))).message())
        .isEqualTo("It uses no more than 5 GiB.");
    assertThat(calls.code(calls.restart(leaks))).isEqualTo(Reason.PRECONDITION_NOT_SUSTAINED);
    assertThat(calls.code(seen(leaks.andThen(restartedAt(now.minus(Duration.ofMinutes(59)))))))
        .isEqualTo(Reason.COOLDOWN_WORKLOAD);
    assertThat(
            calls.code(
                seen(
                    leaks.andThen(around ->
                        around.namespace =
                            Known.of(new NamespaceState(Map.of("env", "production"), Map.of()))))))
        .isEqualTo(Reason.NO_RULE);

    calls.done(seen(leaks), Outcome.Result.VERIFIED);
    fixture.clock.set(Instant.parse("2026-01-03T02:17:00Z"));
    assertThat(calls.denied(seen(leaks)))
        .satisfies(denial -> {
          assertThat(denial.code()).isEqualTo(Reason.WINDOW_CLOSED);
          assertThat(denial.retryAfter()).contains(Instant.parse("2026-01-03T03:30:00Z"));
        });
  }

  @Test
  void aRuleSpeaksOnlyToTheCallersItNames() {
    calls.policy(RULES + "    callers: [\"stdio:sam*\"]\n");

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.NO_RULE);

    calls.allowed(Calls.by("stdio:samuel", calls.restart()));
  }

  private Attempt seen(Consumer<Around> with) {
    return calls.restart(with).observedFor(Duration.ofSeconds(60));
  }

  private static Consumer<Around> replicas(int replicas) {
    return around -> around.workload = Known.of(Around.workload("Deployment", "web", replicas));
  }

  private static Consumer<Around> restartedAt(Instant at) {
    return around ->
        around.workload =
            Known.of(
                Calls.since(
                    Around.workload("Deployment", "web", 3), Optional.empty(), Optional.of(at)));
  }

  private static Consumer<Around> uses(long cpu, long memory) {
    return around ->
        around.usage = Known.of(new Usage(List.of(new Usage.PodUsage("web-1", cpu, memory))));
  }
}
