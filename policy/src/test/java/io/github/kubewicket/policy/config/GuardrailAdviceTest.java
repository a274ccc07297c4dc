package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailAdviceTest {
  private static final String HEAD = "apiVersion: kubewicket.dev/v1\n";
  private static final String RULE =
      "rules: [{name: a, tools: [evict_pod], namespaces: [shop], %s}]\n";
  private static final String PERSON =
      "approvers: [{name: sam, key: \"" + ToolsForTests.KEY + "\"}]\n";

  @Test
  void warnsOfWhatIsTakenOutOfTheNeverList() {
    List<String> warnings = warnings("unsafeAllow: [{kinds: [NetworkPolicy]}]\n");

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:2:14: unsafeAllow: This takes kinds out of what nobody may change; two"
                + " people have to approve each such change. Remove it as soon as it is not"
                + " needed.");
  }

  @ParameterizedTest
  @CsvSource({"env!=prod,true", "!live,true", "env=dev,false", "'env,env!=prod',false"})
  void warnsWhereANamespaceWithoutLabelsIsNotProduction(String selector, boolean isWarned) {
    List<String> warnings = warnings("environments: {other: \"" + selector + "\"}\n");

    assertThat(warnings).hasSize(isWarned ? 1 : 0);
    assertThat(warnings).allMatch(it -> it.contains("A namespace without labels does not count"));
  }

  @ParameterizedTest
  @CsvSource({"[],true", "[bank],true", "['kube-*'],false", "['kube-s*'],false", "['*'],false"})
  void warnsWhereKubernetesOwnNamespacesAreOpen(String never, boolean isWarned) {
    List<String> warnings = warnings("scope: {neverNamespaces: " + never + "}\n");

    assertThat(warnings).hasSize(isWarned ? 1 : 0);
    assertThat(warnings).allMatch(it -> it.contains("Rules may reach kube-system"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notify", "veto"})
  void warnsOfARuleThatTellsNobody(String tier) {
    String rule = RULE.formatted("tier: " + tier);

    assertThat(warnings(rule))
        .singleElement()
        .asString()
        .contains("This rule tells people, but there is nowhere to tell them");
    assertThat(warnings(rule + "notify: {file: /var/log/acts.jsonl}\n")).isEmpty();
  }

  @Test
  void warnsOfAutonomyInProductionWhereARuleAsksForIt() {
    String asks = RULE.formatted("tier: auto, environments: [production]");
    String both = RULE.formatted("tier: auto, environments: [other, production]");
    String silent = RULE.formatted("tier: auto");
    String other = RULE.formatted("tier: auto, environments: [other]");

    assertThat(List.of(warnings(asks), warnings(both)))
        .allSatisfy(it ->
            assertThat(it).singleElement().asString().contains("In production nothing is done"));
    assertThat(warnings(silent)).isEmpty();
    assertThat(warnings(other)).isEmpty();
  }

  @Test
  void warnsOfMoreApprovalsThanPeople() {
    List<String> warnings = warnings(RULE.formatted("tier: approve, approvals: 2") + PERSON);

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:2:9: rules[0]: This rule asks for 2 approvals, but approvers holds only 1"
                + " person; add people, or ask for fewer.");
  }

  @Test
  void takesAsManyApprovalsAsPeople() {
    assertThat(warnings(RULE.formatted("tier: approve, approvals: 1") + PERSON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "suggest"})
  void warnsOfApprovalsThatNobodyIsAskedFor(String tier) {
    String enabled = ", {name: b, tools: [evict_pod], namespaces: [b], tier: auto}]\n";
    String rules = RULE.formatted("approvals: 2, tier: " + tier).replace("]\n", enabled) + PERSON;

    assertThat(warnings(rules)).singleElement().asString().contains("at its tier nobody is asked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {namespaces: [bank]}                          | true
          {namespaces: ["sh*"]}                         | false
          {namespaces: ["shop-*"]}                      | true
          {neverNamespaces: ["shop*", "kube-*"]}        | true
          {neverNamespaces: ["shop-*", "kube-*"]}       | false
          """)
  void warnsOfARuleWhoseNamespacesAreOutOfScope(String scope, boolean isWarned) {
    List<String> warnings = warnings("scope: " + scope + "\n" + RULE.formatted("tier: auto"));

    assertThat(warnings).hasSize(isWarned ? 1 : 0);
    assertThat(warnings).allMatch(it -> it.contains("all its namespaces are out of scope"));
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 30 2 *,true",
    "'0 0 30,31 feb *',true",
    "0 0 31 4 ?,true",
    "0 0 29 2 *,false",
    "0 0 30 2 mon,false",
    "'0 0 30 2,3 *',false",
    "0 0 29-31 2 *,false",
    "@daily,false"
  })
  void warnsOfAnOpenWindowOnADayThatDoesNotExist(String schedule, boolean isWarned) {
    List<String> warnings =
        warnings(
            "windows: [{name: w, mode: allow, duration: 1h, schedule: \"" + schedule + "\"}]\n");

    assertThat(warnings).hasSize(isWarned ? 1 : 0);
    assertThat(warnings).allMatch(it -> it.contains("no month has such a day"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start: 2026-01-01, until: 2026-02-01                      | true
          start: 2026-01-10, until: 2026-01-20                      | true
          start: 2026-01-11, until: 2026-02-01                      | false
          start: 2026-01-01, until: 2026-01-19                      | false
          days: [mon-sun], from: "00:00", to: "24:00"               | true
          days: [mon-sat], from: "00:00", to: "24:00"               | false
          days: [mon-sun], from: "08:00", to: "24:00"               | false
          start: 2026-01-01, until: 2026-02-01, namespaces: ["s*"]  | true
          start: 2026-01-01, until: 2026-02-01, namespaces: [bank]  | false
          start: 2026-01-01, until: 2026-02-01, kinds: [Deployment] | false
          start: 2026-01-01, until: 2026-02-01, tools: [evict_pod]  | false
          """)
  void warnsOfAnOpenWindowThatIsClosedAllTheTime(String closed, boolean isWarned) {
    List<String> warnings =
        warnings(
            """
            windows:
              - {name: open, mode: allow, start: 2026-01-10, until: 2026-01-20, namespaces: [shop]}
              - {name: closed, mode: deny, %s}
            """
                .formatted(closed));

    assertThat(warnings).hasSize(isWarned ? 1 : 0);
    assertThat(warnings).allMatch(it -> it.contains("because the window \"closed\" is closed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tier: auto                     | callers: [stdio:a]              | true
          callers: [stdio:a]             | tier: auto                      | false
          callers: ["stdio:*"]           | callers: [stdio:a, "stdio:b*"]  | true
          callers: ["stdio:*"]           | callers: [stdio:a, http:b]      | false
          environments: [other]          | tier: auto                      | false
          environments: [other]          | environments: [other]           | true
          when: a                        | tier: auto                      | false
          when: a                        | when: a                         | true
          when: a                        | when: b                         | false
          require: [a]                   | require: [b]                    | true
          """)
  void seesACoverOnlyWhereItIsSureOfTheTermsToo(String first, String second, boolean isCovered) {
    String rule = "  - {name: %s, tools: [evict_pod], namespaces: [shop], %s}\n";

    List<String> warnings =
        warnings(
            "rules:\n"
                + rule.formatted("a", withTier(first))
                + rule.formatted("b", withTier(second)));

    assertThat(warnings).hasSize(isCovered ? 1 : 0);
    assertThat(warnings).allMatch(it -> it.contains("This rule never decides"));
  }

  private static String withTier(String terms) {
    return terms.startsWith("tier") ? terms : terms + ", tier: auto";
  }

  private static List<String> warnings(String text) {
    Checked checked = ToolsForTests.check(HEAD + text);
    assertThat(checked.loaded()).isInstanceOf(Loaded.Valid.class);
    return checked.warnings().stream().map(Problem::toString).toList();
  }
}
