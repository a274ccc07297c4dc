package io.github.kubewicket.policy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.limit.Budget;
import io.github.kubewicket.policy.limit.Scope;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.LabelSelector.Requirement;
import io.github.kubewicket.policy.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
  private static final String FULL =
      """
      apiVersion: kubewicket.dev/v1
      tools:
        - get_logs
        - list_resources
      answers: {maxBytes: 4096}
      rules:
        - name: hands-off-the-database
          tools: [restart_workload, scale_workload, evict_pod]
          namespaces: ["*"]
          labels: {tier: db}
          tier: never
        - name: restart-web
          tools: [restart_workload]
          namespaces: [shop, "shop-*"]
          kinds: [Deployment]
          labels: app in (web, api),!legacy
          tier: approve
      budgets:
        restart: {namespace: 2/1h30m}
        scale: {caller: 0/1d}
      approvals: {ttl: 10m, maxPending: 3}
      verify: {timeout: 90s}
      approvers:
        - name: on-call
          key: ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
          principals: ["stdio:sam"]
      """;

  @Test
  void readsEveryKey() throws Exception {
    Policy policy = ToolsForTests.valid(FULL);

    assertThat(policy.digest())
        .isEqualTo("sha256:" + sha256(FULL.getBytes(StandardCharsets.UTF_8)));
    assertThat(policy.tools()).containsExactly("get_logs", "list_resources");
    assertThat(policy.answerBytes()).isEqualTo(4_096);
    assertThat(policy.approvalTtl()).isEqualTo(Duration.ofMinutes(10));
    assertThat(policy.maxPending()).isEqualTo(3);
    assertThat(policy.verifyTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(policy.rules())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("terms.digest")
        .containsExactly(
            new Rule(
                "hands-off-the-database",
                Set.of("restart_workload", "scale_workload", "evict_pod"),
                List.of("*"),
                Set.of(),
                new LabelSelector(List.of(new Requirement.In("tier", Set.of("db")))),
                Tier.NEVER,
                7),
            new Rule(
                "restart-web",
                Set.of("restart_workload"),
                List.of("shop", "shop-*"),
                Set.of("Deployment"),
                new LabelSelector(
                    List.of(
                        new Requirement.In("app", Set.of("web", "api")),
                        new Requirement.Absent("legacy"))),
                Tier.APPROVE,
                12));
  }

  @Test
  void replacesOnlyTheBudgetsThatItSets() {
    List<Budget> budgets = ToolsForTests.valid(FULL).budgets();

    assertThat(budgets.stream().map(budget -> budget.name() + " " + budget.limit()))
        .containsExactly(
            "budgets.restart.pod 1/1h",
            "budgets.restart.workload 1/1h",
            "budgets.restart.namespace 2/90m",
            "budgets.restart.cluster 10/1h",
            "budgets.restart.tool 10/1h",
            "budgets.restart.caller 6/1h",
            "budgets.scale.workload 2/1h",
            "budgets.scale.namespace 4/1h",
            "budgets.scale.cluster 10/1h",
            "budgets.scale.tool 10/1h",
            "budgets.scale.caller 0/1d");
  }

  @Test
  void namesAnApproverByTheDigestOfTheRawKey() throws Exception {
    byte[] raw =
        HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    Policy.Approver approver = ToolsForTests.valid(FULL).approvers().getFirst();

    assertThat(approver)
        .isEqualTo(
            new Policy.Approver(
                "on-call", "sha256:" + sha256(raw), ToolsForTests.KEY, Set.of("stdio:sam")));
  }

  @Test
  void isReadOnlyWithDefaultsWhereTheFileIsSilent() {
    Policy policy = ToolsForTests.valid("apiVersion: kubewicket.dev/v1\n");

    assertThat(policy.tools()).isEqualTo(ToolsForTests.READ);
    assertThat(policy.answerBytes()).isEqualTo(8_192);
    assertThat(policy.rules()).isEmpty();
    assertThat(policy.approvers()).isEmpty();
    assertThat(policy.approvalTtl()).isEqualTo(Duration.ofMinutes(15));
    assertThat(policy.maxPending()).isEqualTo(5);
    assertThat(policy.verifyTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.budgets())
        .hasSize(11)
        .contains(
            new Budget(ChangeClass.RESTART, Scope.WORKLOAD, 1, Duration.ofHours(1)),
            new Budget(ChangeClass.RESTART, Scope.NAMESPACE, 3, Duration.ofHours(1)));
    assertThat(ToolsForTests.WRITE).noneMatch(policy::enables);
  }

  @Test
  void takesBlocksWithoutAValueAsTheirDefaults() {
    Policy bare = ToolsForTests.valid("apiVersion: kubewicket.dev/v1\n");

    Policy policy =
        ToolsForTests.valid(
            """
            apiVersion: kubewicket.dev/v1
            answers:
            rules:
            budgets:
              restart:
            approvals:
              ttl:
            verify: ~
            approvers: null
            """);

    assertThat(policy).usingRecursiveComparison().ignoringFields("digest").isEqualTo(bare);
  }

  @Test
  void listsNoReadToolWhereTheListIsEmpty() {
    Policy policy = ToolsForTests.valid("apiVersion: kubewicket.dev/v1\ntools: []\n");

    assertThat(policy.tools()).isEmpty();
  }

  @Test
  void takesTextAsItIsSpelled() {
    Policy policy =
        ToolsForTests.valid(
            """
            apiVersion: kubewicket.dev/v1
            rules:
              - name: "404"
                tools: [evict_pod]
                namespaces: [2024, yes]
                labels: {version: 1.10, canary: true, none: "null", empty: ""}
                tier: "approve"
            """);

    assertThat(policy.rules().getFirst().namespaces()).containsExactly("2024", "yes");
    assertThat(policy.rules().getFirst().labels().requirements())
        .containsExactly(
            new Requirement.In("version", Set.of("1.10")),
            new Requirement.In("canary", Set.of("true")),
            new Requirement.In("none", Set.of("null")),
            new Requirement.In("empty", Set.of("")));
  }

  @Test
  void offersAPolicyThatOnlyReads() {
    Policy policy = PolicyFile.readOnly(ToolsForTests.READ);

    assertThat(policy.tools()).isEqualTo(ToolsForTests.READ);
    assertThat(ToolsForTests.WRITE).noneMatch(policy::enables);
    assertThat(policy.budgets()).hasSize(11);
  }

  @Test
  void neverRepeatsAKeyInAMessage() {
    String secret = "302e020100300506032b657004220420AAAAsecret";

    List<Problem> problems =
        ToolsForTests.problems(
            ToolsForTests.load(
                "apiVersion: kubewicket.dev/v1\napprovers: [{name: sam, key: '"
                    + secret
                    + "'}]\n"));

    assertThat(problems).hasSize(1);
    assertThat(problems.toString()).doesNotContain("secret").doesNotContain("302e");
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
