package io.github.kubewicket.server.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Tier;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.config.PolicyFile;
import io.github.kubewicket.policy.rules.LabelSelector;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.Guardrails;
import io.github.kubewicket.policy.settings.NeverItem;
import io.github.kubewicket.policy.settings.ScopeSettings;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.tools.Right;
import io.github.kubewicket.server.tools.ToolRights;
import io.github.kubewicket.server.tools.Tools;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NeedsTest {
  private static final Set<String> WRITING = Set.of("create", "update", "patch", "delete");

  @Test
  void everyToolOfTheCatalogueHasALineInTheTable() {
    Catalogue catalogue = Tools.all(InstantSource.system());

    assertThat(catalogue.readTools()).allMatch(tool -> ToolRights.read(tool).isPresent());
    assertThat(catalogue.writeTools())
        .allMatch(tool -> ToolRights.write(tool, Set.of("Deployment")).isPresent());
  }

  @Test
  void noReadToolAndNoGuardrailNeedsAVerbThatWritesOrASecret() {
    Needs needs = needs(Guardrails.usual(), rule("all", Tier.AUTO, "shop"));

    assertThat(needs.anyKind()).isTrue();
    assertThat(needs.reads())
        .noneMatch(right -> WRITING.contains(right.verb()))
        .noneMatch(right -> right.resource().startsWith("secrets"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Tier.class,
      names = {"SUGGEST", "APPROVE", "VETO", "NOTIFY", "AUTO"})
  void everyTierButNeverNeedsTheVerb(Tier tier) {
    Needs needs = needs(Guardrails.usual(), rule("restart", tier, "shop"));

    assertThat(needs.grants().get("shop").rights())
        .contains(new Right("patch", "apps", "deployments"));
  }

  @Test
  void whatIsRefusedInAnyCaseNeedsNothing() {
    Rule never = rule("never", Tier.NEVER, "shop");
    Rule shadowed = rule("shadowed", Tier.AUTO, "shop");

    Needs needs = needs(Guardrails.usual(), never, shadowed, rule("system", Tier.AUTO, "kube-*"));

    assertThat(needs.grants()).isEmpty();
  }

  @Test
  void aNeverRuleForSomeLabelsTakesNothingAway() {
    LabelSelector some = new LabelSelector(List.of(new LabelSelector.Requirement.Exists("db")));
    Rule never =
        new Rule("never", Set.of("restart_workload"), List.of("*"), Set.of(), some, Tier.NEVER, 1);

    Needs needs = needs(Guardrails.usual(), never, rule("restart", Tier.AUTO, "shop"));

    assertThat(needs.grants()).containsOnlyKeys("shop");
  }

  @Test
  void theNeverListTakesKindsAway() {
    Guardrails usual = Guardrails.usual();
    Guardrails never =
        with(
            usual.scope(),
            List.of(new NeverItem(Set.of("StatefulSet"), Set.of(), List.of("sh*"))),
            usual.context());

    Needs needs = needs(never, rule("restart", Tier.AUTO, "shop", "other"));

    assertThat(resources(needs, "shop")).containsExactlyInAnyOrder("daemonsets", "deployments");
    assertThat(resources(needs, "other")).contains("statefulsets");
  }

  @Test
  void theScopeNarrowsAPatternToTheNamespacesThatAreMeant() {
    Guardrails usual = Guardrails.usual();
    Guardrails scoped =
        with(new ScopeSettings(List.of("shop", "dev-*"), List.of()), List.of(), usual.context());

    Needs needs = needs(scoped, rule("restart", Tier.AUTO, "*"));

    assertThat(needs.grants()).containsOnlyKeys("shop", "dev-*");
  }

  @Test
  void listsSecretsOnlyForHelmAndOnlyWhereARuleActs() {
    ContextSettings usual = ContextSettings.USUAL;
    ContextSettings helm =
        new ContextSettings(
            usual.backups(),
            usual.backupNames(),
            usual.backupReach(),
            usual.predictBackups(),
            usual.backupMargin(),
            usual.deployments(),
            true,
            usual.incidents());
    Right secrets = new Right("list", "", "secrets");

    Needs needs =
        needs(with(ScopeSettings.USUAL, List.of(), helm), rule("restart", Tier.AUTO, "shop"));

    assertThat(needs.reads()).doesNotContain(secrets);
    assertThat(needs.grants().get("shop").rights()).contains(secrets);
  }

  @Test
  void aSwitchedOffGuardrailReadsNothing() {
    ContextSettings off =
        new ContextSettings(
            false,
            "",
            ContextSettings.Reach.OFF,
            false,
            ContextSettings.USUAL.backupMargin(),
            ContextSettings.Reach.OFF,
            false,
            false);

    Needs needs =
        needs(with(ScopeSettings.USUAL, List.of(), off), rule("restart", Tier.AUTO, "shop"));

    assertThat(needs.reads())
        .extracting(Right::group)
        .doesNotContain("velero.io", "argoproj.io", "kustomize.toolkit.fluxcd.io");
  }

  @ParameterizedTest
  @CsvSource({
    "*,shop,true", "shop,shop,true", "shop,shop2,false", "shop*,shop,true", "shop*,shop-1*,true",
    "shop-1*,shop*,false", "shop,shop*,false", "shop-*,shop,false", "*,*,true", "a*,b,false"
  })
  void aPatternCoversWhatFitsIt(String wide, String narrow, boolean covers) {
    boolean found = Patterns.covers(wide, narrow);

    assertThat(found).isEqualTo(covers);
  }

  private static Set<String> resources(Needs needs, String namespace) {
    return needs.grants().get(namespace).rights().stream()
        .map(Right::resource)
        .collect(Collectors.toSet());
  }

  private static Rule rule(String name, Tier tier, String... namespaces) {
    return new Rule(
        name,
        Set.of("restart_workload"),
        Arrays.asList(namespaces),
        Set.of(),
        LabelSelector.EVERYTHING,
        tier,
        1);
  }

  private static Needs needs(Guardrails guardrails, Rule... rules) {
    Policy usual = PolicyFile.readOnly(List.copyOf(Tools.all(InstantSource.system()).readTools()));
    return Needs.of(
        new Policy(
            usual.digest(),
            usual.tools(),
            usual.answerBytes(),
            List.of(rules),
            usual.budgets(),
            usual.approvers(),
            usual.approvalTtl(),
            usual.maxPending(),
            guardrails));
  }

  private static Guardrails with(
      ScopeSettings scope, List<NeverItem> never, ContextSettings context) {
    Guardrails usual = Guardrails.usual();
    return new Guardrails(
        usual.paused(),
        scope,
        usual.nonProduction(),
        never,
        usual.unsafeAllow(),
        context,
        usual.windows(),
        usual.blast(),
        usual.attempts(),
        usual.novelty(),
        usual.nativeHealing(),
        usual.freeze(),
        usual.podMinAge(),
        usual.countExternal(),
        usual.notifier(),
        usual.verify());
  }
}
