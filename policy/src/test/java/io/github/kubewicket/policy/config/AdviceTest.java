package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
  @Test
  void warnsOfApprovalsThatNobodyCanGive() {
    List<String> warnings =
        warnings("- {name: a, tools: [restart_workload], namespaces: [shop], tier: approve}");

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:3:3: rules[0]: This rule asks for approval, but there is nobody who can"
                + " approve; add a person under approvers.");
  }

  @Test
  void warnsOfARuleThatAnEarlierOneCovers() {
    List<String> warnings =
        warnings(
            """
            - {name: a, tools: [restart_workload, evict_pod], namespaces: ["shop-*"], tier: auto}
            - {name: b, tools: [restart_workload], namespaces: [shop-eu], labels: app=web, tier: never}\
            """);

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:4:3: rules[1]: This rule never decides, because the rule \"a\" at line 3"
                + " matches everything that it matches; move it up or remove it.");
  }

  @Test
  void warnsOfANeverRuleForToolsThatNoRuleEnables() {
    List<String> warnings =
        warnings("- {name: a, tools: [evict_pod], namespaces: [shop], tier: never}");

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:3:3: rules[0]: This rule changes nothing, because no rule enables any of"
                + " its tools; what no rule enables is refused anyway.");
  }

  @Test
  void takesANeverRuleAsAGuardWhereOneOfItsToolsIsEnabled() {
    List<String> warnings =
        warnings(
            """
            - {name: a, tools: [evict_pod, scale_workload], namespaces: [bank], tier: never}
            - {name: b, tools: [evict_pod], namespaces: [shop], tier: auto}\
            """);

    assertThat(warnings).isEmpty();
  }

  @Test
  void warnsOfAToolThatFitsNoneOfTheKinds() {
    List<String> warnings =
        warnings(
            "- {name: a, tools: [restart_workload, scale_workload], namespaces: [shop], kinds:"
                + " [DaemonSet], tier: auto}");

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:3:3: rules[0]: The tool scale_workload can change none of this rule's"
                + " kinds; remove it from the rule.");
  }

  @Test
  void warnsOfLabelsThatContradictEachOther() {
    List<String> warnings =
        warnings(
            "- {name: a, tools: [evict_pod], namespaces: [shop], labels: \"app=a,app=b\", tier:"
                + " auto}");

    assertThat(warnings)
        .containsExactly(
            "tools.yaml:3:3: rules[0]: This rule never matches, because its labels contradict each"
                + " other.");
  }

  @Test
  void hasNothingToSayAboutAWrongFile() {
    Checked checked = ToolsForTests.check("apiVersion: v2\n");

    assertThat(checked.loaded()).isInstanceOf(Loaded.Invalid.class);
    assertThat(checked.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          app=web         | app=web,tier=db  | true
          app             | app=web          | true
          app             | app              | true
          app in (a,b)    | app=a            | true
          app in (a,b)    | app in (a,c)     | false
          app!=web        | app=api          | true
          app!=web        | app notin (web,x)| true
          app!=web        | app notin (x)    | false
          app!=web        | !app             | true
          app!=web        | app              | false
          !app            | !app             | true
          !app            | app!=web         | false
          app=web         | app              | false
          app             | tier=db          | false
          """)
  void seesACoverOnlyWhereItIsSure(String first, String second, boolean covered) {
    List<String> warnings =
        warnings(
            """
            - {name: a, tools: [evict_pod], namespaces: [shop], labels: "%s", tier: auto}
            - {name: b, tools: [evict_pod], namespaces: [shop], labels: "%s", tier: auto}\
            """
                .formatted(first, second));

    assertThat(warnings).hasSize(covered ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          app=a,app=b              | true
          app=a,app!=a             | true
          app=a,!app               | true
          app,!app                 | true
          app in (a,b),app notin (a)| false
          app=a,app in (a,b)       | false
          app!=a,!app              | false
          """)
  void seesContradictions(String labels, boolean impossible) {
    List<String> warnings =
        warnings(
            "- {name: a, tools: [evict_pod], namespaces: [shop], labels: \""
                + labels
                + "\", tier: auto}");

    assertThat(warnings).hasSize(impossible ? 1 : 0);
  }

  private static List<String> warnings(String rules) {
    Checked checked = ToolsForTests.check("apiVersion: kubewicket.dev/v1\nrules:\n" + rules + "\n");
    assertThat(checked.loaded()).isInstanceOf(Loaded.Valid.class);
    return checked.warnings().stream().map(Problem::toString).toList();
  }
}
