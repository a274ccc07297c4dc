package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.settings.AttemptSettings;
import io.github.kubewicket.policy.settings.BlastSettings;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.policy.settings.FreezeSettings;
import io.github.kubewicket.policy.settings.Guardrails;
import io.github.kubewicket.policy.settings.NeverItem;
import io.github.kubewicket.policy.settings.NotifierSettings;
import io.github.kubewicket.policy.settings.ScopeSettings;
import io.github.kubewicket.policy.settings.VerifySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailsTest {
  private static final String HEAD = "apiVersion: kubewicket.dev/v1\n";

  @Test
  void areTheUsualOnesWhereTheFileIsSilent() {
    Guardrails guardrails = guardrails("");

    assertThat(guardrails).isEqualTo(Guardrails.usual());
  }

  @Test
  void areTheUsualOnesWhereTheBlocksAreEmpty() {
    Guardrails guardrails =
        guardrails(
            """
            scope:
            environments: {}
            never:
            unsafeAllow: []
            context: {backups: {}, deployments: ~}
            windows:
            blastRadius:
              per:
            attempts:
            novelty:
            nativeHealing:
            freeze:
            notify:
            verify:
            """);

    assertThat(guardrails).isEqualTo(Guardrails.usual());
  }

  @Test
  void areReadKeyByKey() {
    Guardrails guardrails =
        guardrails(
            """
            paused: "database migration"
            scope: {namespaces: [shop, "shop-*"], neverNamespaces: [bank]}
            environments: {other: "env in (dev,test),!live"}
            never: [{kinds: ["*"], tools: [scale_workload], namespaces: [bank]}, {kinds: [Service]}]
            unsafeAllow: [{kinds: [NetworkPolicy], namespaces: [lab]}]
            context:
              backups: {names: "(?i)nightly", reach: workload, predict: off, margin: 5m}
              deployments: {reach: namespace, helm: on}
              incidents: off
            blastRadius: {maxIncreasePercent: 50, per: 2h, maxReplicas: 40,
              workloadsPerIncident: 2, incidentWindow: 30m, stormPercent: 100, lastReplica: off}
            attempts: {max: 2, healthyFor: 30m}
            novelty: off
            nativeHealing: false
            freeze: {denials: 5/1m}
            budgets: {podMinAge: 10m, countExternal: true}
            notify: {webhook: "https://chat.example.com/hook", file: /var/log/acts.jsonl, hold: 0s}
            verify: {timeout: 5m, initialDelay: 15s, consecutive: 3}
            """);

    assertThat(guardrails)
        .isEqualTo(
            new Guardrails(
                Optional.of("database migration"),
                new ScopeSettings(List.of("shop", "shop-*"), List.of("bank")),
                new LabelSelector(
                    List.of(
                        new Requirement.In("env", Set.of("dev", "test")),
                        new Requirement.Absent("live"))),
                List.of(
                    new NeverItem(Set.of("*"), Set.of("scale_workload"), List.of("bank")),
                    new NeverItem(Set.of("Service"), Set.of(), List.of())),
                List.of(new NeverItem(Set.of("NetworkPolicy"), Set.of(), List.of("lab"))),
                new ContextSettings(
                    true,
                    "(?i)nightly",
                    Reach.WORKLOAD,
                    false,
                    Duration.ofMinutes(5),
                    Reach.NAMESPACE,
                    true,
                    false),
                List.of(),
                new BlastSettings(
                    50, Duration.ofHours(2), 40, 2, Duration.ofMinutes(30), 100, false),
                new AttemptSettings(2, Duration.ofMinutes(30)),
                false,
                false,
                new FreezeSettings(5, Duration.ofMinutes(1)),
                Duration.ofMinutes(10),
                true,
                new NotifierSettings(
                    Optional.of("https://chat.example.com/hook"),
                    Optional.of("/var/log/acts.jsonl"),
                    Duration.ZERO),
                new VerifySettings(Duration.ofMinutes(5), Duration.ofSeconds(15), 3)));
  }

  @Test
  void keepTheOtherDefaultsOfABlock() {
    Guardrails guardrails = guardrails("blastRadius: {maxReplicas: 5}\nverify: {consecutive: 1}\n");

    assertThat(guardrails.blast())
        .isEqualTo(new BlastSettings(25, Duration.ofHours(1), 5, 1, Duration.ofHours(1), 50, true));
    assertThat(guardrails.verify())
        .isEqualTo(new VerifySettings(Duration.ofMinutes(2), Duration.ZERO, 1));
  }

  @ParameterizedTest
  @CsvSource({"on,true", "off,false", "true,true", "false,false"})
  void takeBothSpellingsOfASwitch(String word, boolean expected) {
    Guardrails guardrails =
        guardrails("novelty: " + word + "\ncontext: {incidents: " + word + "}\n");

    assertThat(guardrails.novelty()).isEqualTo(expected);
    assertThat(guardrails.context().incidents()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "false"})
  void switchWholePartsOfTheContextOff(String off) {
    ContextSettings context =
        guardrails("context: {backups: " + off + ", deployments: " + off + "}\n").context();

    assertThat(context.backups()).isFalse();
    assertThat(context.deployments()).isEqualTo(Reach.OFF);
    assertThat(context.incidents()).isTrue();
  }

  @Test
  void switchWholePartsOfTheContextOn() {
    ContextSettings context = guardrails("context: {backups: on, deployments: on}\n").context();

    assertThat(context).isEqualTo(ContextSettings.USUAL);
  }

  @Test
  void takeAnEmptyListOfClosedNamespacesAsNone() {
    ScopeSettings scope = guardrails("scope: {neverNamespaces: []}\n").scope();

    assertThat(scope).isEqualTo(new ScopeSettings(List.of("*"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/hook",
        "http://127.0.0.1/hook",
        "http://[::1]:9/hook",
        "HTTPS://chat.example.com/hook?token=1"
      })
  void takeAddressesThatAreSafe(String address) {
    NotifierSettings notifier = guardrails("notify: {webhook: \"" + address + "\"}\n").notifier();

    assertThat(notifier.webhook()).contains(address);
    assertThat(notifier.isConfigured()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://chat.example.com/hook",
        "http://127.0.0.1.example.com/hook",
        "http://localhost.example.com/",
        "https://hunter2@chat.example.com/",
        "https:///hook",
        "ftp://chat.example.com/",
        "//chat.example.com/",
        "https://chat.example.com/#hunter2",
        "hunter2 and more"
      })
  void refuseAddressesThatAreNotAndNeverRepeatThem(String address) {
    List<Problem> problems =
        ToolsForTests.problems(
            ToolsForTests.load(HEAD + "notify: {webhook: \"" + address + "\"}\n"));

    assertThat(problems).singleElement().extracting(Problem::field).isEqualTo("notify.webhook");
    assertThat(problems.toString()).doesNotContain("hunter2").doesNotContain("example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          paused: TEXT                                        | 500
          context: {backups: {names: TEXT}}                   | 500
          notify: {file: /TEXT}                               | 999
          windows: [{name: w, mode: deny, start: 2026-01-01, until: 2026-01-02, reason: TEXT}] | 500
          rules: [{name: a, tools: [evict_pod], namespaces: [a], tier: auto, when: TEXT}] | 4096
          """)
  void boundTheirTexts(String line, int longest) {
    Loaded fits = ToolsForTests.load(HEAD + line.replace("TEXT", "x".repeat(longest)) + "\n");
    Loaded over = ToolsForTests.load(HEAD + line.replace("TEXT", "x".repeat(longest + 1)) + "\n");

    assertThat(fits).isInstanceOf(Loaded.Valid.class);
    assertThat(ToolsForTests.problems(over))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("The text has ");
  }

  private static Guardrails guardrails(String text) {
    return ToolsForTests.valid(HEAD + text).guardrails();
  }
}
