package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `callers` and a credential's scopes leave of what the rules allow.
class CallerGuardrailsTest {
  private static final String AUTO =
      """
      rules:
        - {name: restart, tools: [restart_workload, evict_pod], namespaces: ["*"], tier: auto, shadow: off}
      budgets: {restart: {pod: 100/1h, workload: 100/1h, namespace: 100/1h, cluster: 100/1h, tool: 100/1h, caller: 100/1h}}
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
  void aCallerOfWhomNothingSpeaksMayNothing() {
    calls.policy(AUTO + "callers: [{match: [\"token:ci-*\", \"group:sre\"]}]\n");

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.CALLER_NOT_ALLOWED);
    assertThat(denial.rule()).hasValue("callers.match");

    calls.policy(AUTO + "callers: []\n");
    assertThat(calls.code(calls.restart())).isEqualTo(Reason.CALLER_NOT_ALLOWED);

    calls.policy(AUTO + "callers: [{match: [\"stdio:*\"]}]\n");
    calls.allowed(calls.restart());
  }

  @Test
  void knowsCallersByTheirGroupsAndNotByNamesThatLookLikeGroups() {
    calls.policy(AUTO + "callers: [{match: [\"group:sre\"]}]\n");
    Attempt restart = calls.restart();

    assertThat(calls.code(by(new Caller("group:sre"), restart)))
        .isEqualTo(Reason.CALLER_NOT_ALLOWED);

    calls.allowed(by(caller(Set.of("dev", "sre"), Caller.READ, Caller.WRITE), restart));
  }

  @Test
  void theFirstEntryThatMatchesHolds() {
    calls.policy(
        AUTO
            + """
            callers:
              - {match: ["group:contractors"], maxTier: never}
              - {match: ["*"]}
            """);
    Caller contractor = caller(Set.of("contractors"), Caller.READ, Caller.WRITE);

    assertThat(calls.code(by(contractor, calls.restart()))).isEqualTo(Reason.CALLER_NOT_ALLOWED);

    calls.allowed(calls.restart());
  }

  @Test
  void refusesAToolThatTheCallerIsLeftWithout() {
    calls.policy(AUTO + "callers: [{match: [\"*\"], tools: [\"list_*\", evict_pod]}]\n");

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.CALLER_NOT_ALLOWED);
    assertThat(denial.message()).contains("restart_workload");

    calls.policy(AUTO + "callers: [{match: [\"*\"], tools: [\"restart_*\"]}]\n");
    calls.allowed(calls.restart());
  }

  @Test
  void refusesANamespaceThatTheCallerIsLeftWithout() {
    calls.policy(AUTO + "callers: [{match: [\"*\"], namespaces: [bank, \"bank-*\"]}]\n");

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.CALLER_NOT_ALLOWED);
    assertThat(denial.message()).contains("bank, bank-*");

    calls.policy(AUTO + "callers: [{match: [\"*\"], namespaces: [\"sho*\"]}]\n");
    calls.allowed(calls.restart());
  }

  @Test
  void refusesAClusterThatTheCallerIsLeftWithout() {
    calls.policy(AUTO + "callers: [{match: [\"*\"], clusters: [other]}]\n");

    Denial denial = calls.denied(calls.restart());

    assertThat(denial.code()).isEqualTo(Reason.CALLER_NOT_ALLOWED);
    assertThat(denial.rule()).hasValue("callers.clusters");

    calls.policy(AUTO + "callers: [{match: [\"*\"], clusters: [\"*\"]}]\n");
    calls.allowed(calls.restart());
  }

  @Test
  void aCallersTermsLowerTheTierToWhatAPersonApproves() {
    calls.policy(AUTO + "callers: [{match: [\"*\"], maxTier: approve}]\n");

    assertThat(calls.run(calls.restart())).isInstanceOf(Verdict.Wait.class);

    calls.policy(AUTO + "callers: [{match: [\"*\"], maxTier: auto}]\n");
    calls.allowed(calls.restart());
  }

  @Test
  void aCallersTermsNeverRaiseATier() {
    calls.policy(
        AUTO.replace("tier: auto, shadow: off", "tier: approve")
            + "callers: [{match: [\"*\"], maxTier: auto}]\n");

    assertThat(calls.run(calls.restart())).isInstanceOf(Verdict.Wait.class);
  }

  @Test
  void aCallerWhoseTierIsNeverChangesNothing() {
    calls.policy(AUTO + "callers: [{match: [\"*\"], maxTier: never}]\n");

    assertThat(calls.code(calls.restart())).isEqualTo(Reason.CALLER_NOT_ALLOWED);
    assertThat(fixture.gate().screen(new Caller(Calls.AGENT), "restart_workload", "shop"))
        .map(Denial::code)
        .hasValue(Reason.CALLER_NOT_ALLOWED);

    calls.policy(AUTO);
    calls.allowed(calls.restart());
  }

  @Test
  void refusesACredentialThatIsOnlyGoodForReading() {
    Attempt restart = calls.restart();

    assertThat(calls.code(by(caller(Set.of(), Caller.READ), restart)))
        .isEqualTo(Reason.SCOPE_MISSING);

    calls.allowed(by(caller(Set.of(), Caller.READ, Caller.WRITE), restart));
  }

  @Test
  void anApprovalGivenBeforeDoesNotLiftWhatTheTermsTakeAway() {
    calls.policy(AUTO.replace("tier: auto, shadow: off", "tier: approve"));
    Attempt restart = calls.restart();
    String token = fixture.approve(calls.waits(restart));
    Caller reader = new Caller(restart.caller().name(), Set.of(), Set.of(Caller.READ));

    assertThat(calls.code(by(reader, Calls.with(token, restart)))).isEqualTo(Reason.SCOPE_MISSING);

    calls.allowed(Calls.with(token, restart));
  }

  private static Caller caller(Set<String> groups, String... scopes) {
    return new Caller("oidc:corp:ada", groups, Set.of(scopes));
  }

  private static Attempt by(Caller caller, Attempt attempt) {
    return new Attempt(
        caller,
        attempt.tool(),
        attempt.changeClass(),
        attempt.arguments(),
        attempt.target(),
        attempt.reason(),
        attempt.trigger(),
        attempt.confidence(),
        attempt.approval(),
        attempt.surroundings(),
        attempt.observed(),
        attempt.announced());
  }
}
