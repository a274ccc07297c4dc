package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.rules.Requirement;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.rules.RuleTerms;
import io.github.kubewicket.policy.rules.ShadowTerms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTermsTest {
  @Test
  void readsEveryTerm() {
    RuleTerms terms =
        rule("""
        tier: auto
        callers: ["stdio:*", http:ada]
        environments: [other, production]
        when: workload.replicas > 1
        require:
          - workload.rolloutComplete
          - expr: |
              usage.memoryBytes > 100
            code: NATIVE_HEALING_MISSING
            message: "memory is fine"
            sustainedFor: 60s
        approvals: 2
        shadow: {age: 1d, samples: 3}
        """)
            .terms();

    assertThat(terms)
        .usingRecursiveComparison()
        .ignoringFields("digest")
        .isEqualTo(
            new RuleTerms(
                List.of("stdio:*", "http:ada"),
                Set.of(Environment.OTHER, Environment.PRODUCTION),
                Set.of(),
                Optional.of("workload.replicas > 1"),
                List.of(
                    new Requirement(
                        "workload.rolloutComplete",
                        Reason.PRECONDITION_FALSE,
                        Optional.empty(),
                        Duration.ZERO,
                        11),
                    new Requirement(
                        "usage.memoryBytes > 100",
                        Reason.NATIVE_HEALING_MISSING,
                        Optional.of("memory is fine"),
                        Duration.ofSeconds(60),
                        12)),
                2,
                new ShadowTerms(Duration.ofDays(1), 3),
                ""));
  }

  @ParameterizedTest
  @EnumSource
  void putsOnlyAutonomousRulesIntoTheShadowByDefault(Tier tier) {
    Rule rule = rule("tier: " + tier.word() + "\n");

    assertThat(rule.tier()).isEqualTo(tier);
    assertThat(rule.terms().shadow())
        .isEqualTo(tier.isAutonomous() ? ShadowTerms.USUAL : ShadowTerms.OFF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          off               | PT0S   | 0
          false             | PT0S   | 0
          on                | PT168H | 5
          {age: 1h}         | PT1H   | 5
          {samples: 1}      | PT168H | 1
          {age: 0s, samples: 0} | PT0S | 0
          """)
  void readsTheShadow(String shadow, Duration age, int samples) {
    Rule rule = rule("tier: auto\nshadow: " + shadow + "\n");

    assertThat(rule.terms().shadow()).isEqualTo(new ShadowTerms(age, samples));
  }

  @ParameterizedTest
  @EnumSource
  void takesEveryReasonAsTheCodeOfARequirement(Reason reason) {
    Rule rule = rule("tier: approve\nrequire: [{expr: a, code: " + reason + "}]\n");

    assertThat(rule.terms().require().getFirst().code()).isEqualTo(reason);
  }

  @Test
  void hasNoConditionsWhereNobodyAnswersThem() {
    String file = file("tier: auto\nwhen: \"true\"\n");

    Loaded loaded =
        new PolicyFile(ToolsForTests.known())
            .load("tools.yaml", file.getBytes(StandardCharsets.UTF_8));

    assertThat(ToolsForTests.problems(loaded))
        .extracting(Problem::toString)
        .containsExactly("tools.yaml:7:11: rules[0].when: Conditions are not supported here.");
  }

  @Test
  void evictsPodsThatCrashByAPreset() {
    Rule rule = preset("crash-loop-eviction", "");

    assertThat(rule.tools()).containsExactly("evict_pod");
    assertThat(rule.kinds()).containsExactly("Deployment");
    assertThat(rule.terms().environments()).containsExactly(Environment.OTHER);
    assertThat(rule.terms().require())
        .containsExactly(
            new Requirement(
                "pod.waiting == \"CrashLoopBackOff\"",
                Reason.PRECONDITION_FALSE,
                Optional.of("The pod does not wait in CrashLoopBackOff."),
                Duration.ofSeconds(60),
                4),
            new Requirement(
                "workload.replicas >= 2",
                Reason.PRECONDITION_FALSE,
                Optional.of("The workload has fewer than two replicas."),
                Duration.ZERO,
                4));
  }

  @ParameterizedTest
  @CsvSource({
    "stateless-restart, restart_workload, !workload.persistentVolumes",
    "scale-out, scale_workload, args.replicas > workload.replicas"
  })
  void restartsAndScalesByAPreset(String name, String tool, String expression) {
    Rule rule = preset(name, "");

    assertThat(rule.tools()).containsExactly(tool);
    assertThat(rule.kinds()).containsExactly("Deployment");
    assertThat(rule.terms().environments()).isEmpty();
    assertThat(rule.terms().require())
        .extracting(Requirement::expression)
        .containsExactly(expression);
  }

  @Test
  void letsARuleSayMoreThanItsPreset() {
    Rule rule =
        preset(
            "stateless-restart",
            """
              kinds: [DaemonSet]
              environments: [other]
              require: [workload.ready > 0]
            """);

    assertThat(rule.tools()).containsExactly("restart_workload");
    assertThat(rule.kinds()).containsExactly("DaemonSet");
    assertThat(rule.terms().environments()).containsExactly(Environment.OTHER);
    assertThat(rule.terms().require())
        .extracting(Requirement::expression)
        .containsExactly("!workload.persistentVolumes", "workload.ready > 0");
  }

  @Test
  void refusesAPresetWhoseToolTheServerDoesNotHave() {
    PolicyFile loader =
        new PolicyFile(
            new KnownTools(Set.of("get_logs"), Set.of("scale_workload")), new ConditionsForTests());
    String file =
        "apiVersion: kubewicket.dev/v1\nrules: [{name: a, preset: crash-loop-eviction, namespaces:"
            + " [shop], tier: auto}]\n";

    List<Problem> problems =
        ToolsForTests.problems(loader.load("t", file.getBytes(StandardCharsets.UTF_8)));

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "t:2:27: rules[0].preset: The preset needs the write tool evict_pod, which this server"
                + " does not have; write the rule without a preset.");
  }

  @Test
  void hasTheSameDigestWhereverTheRuleStandsAndInWhateverOrderItsNamesAre() {
    String rule =
        "{name: a, tools: [evict_pod, scale_workload], namespaces: [b, a], kinds: [Deployment,"
            + " StatefulSet], labels: \"app in (x, y)\", tier: auto, environments: [other,"
            + " production], when: p, require: [q]}";
    String same =
        "{require: [q], when: p, environments: [production, other], tier: auto, labels: \"app in"
            + " (y,x)\", kinds: [StatefulSet, Deployment], namespaces: [a, b], tools:"
            + " [scale_workload, evict_pod], name: a}";
    String other = "{name: first, tools: [evict_pod], namespaces: [c], tier: never}";

    String alone = last("- " + rule).terms().digest();
    String moved = last("- " + other + "\n# moved\n\n- " + rule).terms().digest();
    String sorted = last("- " + same).terms().digest();

    assertThat(alone).matches("sha256:[0-9a-f]{64}").isEqualTo(moved).isEqualTo(sorted);
  }

  @Test
  void hasAnotherDigestAfterAnyEdit() {
    List<String> edits =
        List.of(
            "name: b",
            "tools: [restart_workload, scale_workload]",
            "namespaces: [\"shop*\"]",
            "kinds: [Deployment]",
            "labels: app=web",
            "labels: app!=web",
            "labels: app",
            "labels: \"!app\"",
            "tier: notify",
            "callers: [\"stdio:a\"]",
            "environments: [other]",
            "when: x",
            "require: [x]",
            "require: [{expr: x, code: PRODUCTION}]",
            "require: [{expr: x, message: m}]",
            "require: [{expr: x, sustainedFor: 1s}]",
            "require: [x, y]",
            "require: [y, x]",
            "approvals: 2",
            "shadow: {age: 6d}",
            "shadow: {samples: 6}",
            "shadow: off",
            "preset: stateless-restart");
    List<String> digests = new ArrayList<>();

    digests.add(edited("").terms().digest());
    edits.forEach(edit -> digests.add(edited(edit).terms().digest()));

    assertThat(digests).doesNotHaveDuplicates().hasSize(edits.size() + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"approvals: 1", "shadow: {age: 7d, samples: 5}", "shadow: on", "tier: auto"})
  void hasTheSameDigestWhereADefaultIsSpelledOut(String edit) {
    assertThat(edited(edit).terms().digest()).isEqualTo(edited("").terms().digest());
  }

  private static Rule edited(String edit) {
    StringBuilder rule = new StringBuilder("- " + (edit.isEmpty() ? "approvals: 1" : edit));
    for (String key :
        List.of("name: a", "tools: [restart_workload]", "namespaces: [shop]", "tier: auto")) {
      if (!edit.startsWith(key.substring(0, key.indexOf(':') + 1))) {
        rule.append("\n  ").append(key);
      }
    }
    return last(rule.toString());
  }

  private static Rule preset(String name, String more) {
    return last("- name: a\n  preset: " + name + "\n  namespaces: [shop]\n  tier: auto\n" + more);
  }

  private static Rule rule(String terms) {
    return ToolsForTests.valid(file(terms)).rules().getFirst();
  }

  private static String file(String terms) {
    return "apiVersion: kubewicket.dev/v1\nrules:\n  - name: a\n    tools: [restart_workload]\n"
        + "    namespaces: [shop]\n"
        + terms.indent(4);
  }

  private static Rule last(String rules) {
    return ToolsForTests.valid("apiVersion: kubewicket.dev/v1\nrules:\n" + rules.indent(0) + "\n")
        .rules()
        .getLast();
  }
}
