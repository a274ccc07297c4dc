package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.ClusterSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Clusters by name, and rules that speak about some of them.
class ClustersInPolicyTest {
  private static final String FILE =
      """
      apiVersion: kubewicket.dev/v1
      clusters:
        - {name: prod, kubeconfig: /etc/kubewicket/prod.kubeconfig, context: eu}
        - {name: here, inCluster: true}
      rules:
        - {name: some, tools: [restart_workload], namespaces: [shop], tier: approve, clusters: [prod]}
        - {name: all, tools: [scale_workload], namespaces: [shop], tier: approve}
      """;

  @Test
  void keepsTheFilesOrderAndWhatEachSays() {
    Policy policy = ToolsForTests.valid(FILE);

    assertThat(policy.clusters())
        .containsExactly(
            new ClusterSettings(
                "prod", Optional.of("/etc/kubewicket/prod.kubeconfig"), Optional.of("eu"), false),
            new ClusterSettings("here", Optional.empty(), Optional.empty(), true));
  }

  @Test
  void hasNoneWhereTheFileIsSilent() {
    Policy policy = ToolsForTests.valid("apiVersion: kubewicket.dev/v1\nclusters:\n");

    assertThat(policy.clusters()).isEmpty();
  }

  @Test
  void aRuleForOneClusterMatchesTargetsThereAndNowhereElse() {
    Rule rule = ToolsForTests.valid(FILE).rules().getFirst();

    List<Boolean> matches =
        List.of("prod", "here", "", "pro").stream()
            .map(cluster -> rule.matches("restart_workload", on(cluster)))
            .toList();

    assertThat(matches).containsExactly(true, false, false, false);
  }

  @Test
  void aRuleWithoutClustersMatchesEverywhere() {
    Rule rule = ToolsForTests.valid(FILE).rules().getLast();

    assertThat(rule.matches("scale_workload", on("prod"))).isTrue();
    assertThat(rule.matches("scale_workload", on(""))).isTrue();
  }

  @Test
  void showsEachClusterTheRulesThatSpeakAboutIt() {
    Policy policy = ToolsForTests.valid(FILE);

    assertThat(policy.on("prod").rules()).extracting(Rule::name).containsExactly("some", "all");
    assertThat(policy.on("here").rules()).extracting(Rule::name).containsExactly("all");
  }

  @Test
  void aRuleForOtherClustersIsAnotherRule() {
    String one = ToolsForTests.valid(FILE).rules().getFirst().terms().digest();
    String other =
        ToolsForTests.valid(FILE.replace("clusters: [prod]}", "clusters: [here]}"))
            .rules()
            .getFirst()
            .terms()
            .digest();

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aRuleForOneClusterHidesNoRuleForAll() {
    Checked checked =
        ToolsForTests.check(
            FILE.replace(
                "- {name: all, tools: [scale_workload]",
                "- {name: all, tools: [restart_workload]"));

    assertThat(checked.warnings())
        .extracting(Problem::message)
        .noneMatch(message -> message.contains("never decides"));
  }

  @Test
  void peopleReadTheClustersNameBesideTheTarget() {
    assertThat(on("prod").describe()).isEqualTo("Deployment/web in namespace shop on cluster prod");
    assertThat(on("").describe()).isEqualTo("Deployment/web in namespace shop");
  }

  private static Target on(String cluster) {
    return new Target(
        "uid-of-it",
        "apps/v1",
        "Deployment",
        "shop",
        "web",
        "uid-web",
        1,
        "sha256:1",
        Map.of(),
        "Deployment/web",
        Optional.empty(),
        cluster);
  }
}
