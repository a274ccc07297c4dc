package io.github.kubewicket.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.cluster.Permissions;
import io.github.kubewicket.server.rbac.CallerNeeds;
import io.github.kubewicket.server.rbac.Needs;
import io.github.kubewicket.server.tools.Right;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RightsExamTest {
  private static final Right PATCH = new Right("patch", "apps", "deployments");
  private static final Right LIST_JOBS = new Right("list", "batch", "jobs");
  private static final Right LIST_VELERO = new Right("list", "velero.io", "backups");
  private static final Set<String> SERVED = Set.of("deployments.apps", "jobs.batch");
  private static final Permissions.Allowed ASK =
      new Permissions.Allowed(
          Set.of("create"), Set.of("authorization.k8s.io"), Set.of("selfsubjectaccessreviews"));

  /// An account with these rights, spelled `namespace right`.
  private record Fake(Set<String> rights, Map<String, List<Permissions.Allowed>> all)
      implements RightsExam.Account {
    @Override
    public boolean may(Right right, String namespace) {
      return rights.contains(namespace + " " + right.words())
          || rights.contains(" " + right.words());
    }

    @Override
    public boolean may(CallerNeeds.Named named) {
      return rights.contains(named.words()) || rights.contains(named.right().words());
    }

    @Override
    public List<Permissions.Allowed> all(String namespace) {
      return all.getOrDefault(namespace, List.of(ASK));
    }
  }

  @Test
  void isContentWithAnAccountThatMayDoWhatIsNeededAndNoMore() {
    Fake account =
        new Fake(
            Set.of("shop patch deployments.apps", " list jobs.batch"),
            Map.of("shop", List.of(allowed("patch", "apps", "deployments"))));

    List<Finding> findings = new RightsExam(account, SERVED).of(needs("shop"), CallerNeeds.NONE);

    assertThat(findings).extracting(Finding::level).containsExactly(Finding.Level.OK);
  }

  @Test
  void failsForARightThatARuleNeeds() {
    Fake account = new Fake(Set.of(" list jobs.batch"), Map.of());

    List<Finding> findings = new RightsExam(account, SERVED).of(needs("shop"), CallerNeeds.NONE);

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().level()).isEqualTo(Finding.Level.FAIL);
    assertThat(findings.getFirst().message())
        .contains("patch deployments.apps in shop", "restart-web", "kubewicket policy rbac");
  }

  @Test
  void failsForAContextThatGuardrailsCannotSeeButNotForKindsThatAreNotServed() {
    Fake account = new Fake(Set.of(" patch deployments.apps"), Map.of());

    List<Finding> findings = new RightsExam(account, SERVED).of(needs("shop"), CallerNeeds.NONE);

    assertThat(findings).extracting(Finding::level).containsExactly(Finding.Level.FAIL);
    assertThat(findings.getFirst().message())
        .contains("list jobs.batch")
        .doesNotContain("velero.io");
  }

  @Test
  void warnsOfAPatternThatTheAccountHasNotEverywhere() {
    Fake account = new Fake(Set.of("dev-1 patch deployments.apps", " list jobs.batch"), Map.of());

    List<Finding> findings = new RightsExam(account, SERVED).of(needs("dev-*"), CallerNeeds.NONE);

    assertThat(findings).extracting(Finding::level).containsExactly(Finding.Level.WARN);
    assertThat(findings.getFirst().message()).contains("RoleBinding");
  }

  @Test
  void warnsOfRightsToWriteThatNoRuleNeeds() {
    Fake account =
        new Fake(
            Set.of(" patch deployments.apps", " list jobs.batch"),
            Map.of(
                "shop", List.of(allowed("patch", "apps", "deployments"), allowed("get", "", "*")),
                "kube-system", List.of(allowed("*", "*", "*"))));

    List<Finding> findings = new RightsExam(account, SERVED).of(needs("shop"), CallerNeeds.NONE);

    assertThat(findings)
        .filteredOn(finding -> finding.level() == Finding.Level.WARN)
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains("* *.* in kube-system", "no rule needs");
  }

  @Test
  void failsForTokensThatCannotBeReviewedAndNamesThatCannotBeTaken() {
    CallerNeeds callers =
        new CallerNeeds(
            true,
            List.of(
                new Impersonation("agents", List.of("team")),
                new Impersonation("kw:{name}", List.of())));
    Set<String> enough = Set.of("shop patch deployments.apps", " list jobs.batch");
    Set<String> some = new HashSet<>(enough);
    some.addAll(Set.of("impersonate users (agents)", "impersonate groups (team)"));
    Set<String> all = new HashSet<>(enough);
    all.addAll(
        Set.of(
            "create tokenreviews.authentication.k8s.io",
            "impersonate users",
            "impersonate groups (team)",
            "impersonate userextras/kubewicket.dev/request-id.authentication.k8s.io"));
    Map<String, List<Permissions.Allowed>> listed =
        Map.of(
            "kube-system",
            List.of(
                allowed("create", "authentication.k8s.io", "tokenreviews"),
                allowed("impersonate", "", "users")));

    List<Finding> without =
        new RightsExam(new Fake(some, Map.of()), SERVED).of(needs("shop"), callers);
    List<Finding> with = new RightsExam(new Fake(all, listed), SERVED).of(needs("shop"), callers);
    List<Finding> idle =
        new RightsExam(new Fake(all, listed), SERVED).of(needs("shop"), CallerNeeds.NONE);

    assertThat(without)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
          assertThat(finding.message())
              .contains(
                  "impersonate users, create tokenreviews.authentication.k8s.io,"
                      + " impersonate userextras/kubewicket.dev/request-id.authentication.k8s.io;")
              .doesNotContain("agents", "team");
        });
    assertThat(with).extracting(Finding::level).containsExactly(Finding.Level.OK);
    assertThat(idle)
        .filteredOn(finding -> finding.level() == Finding.Level.WARN)
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message())
                .contains("impersonate users", "create tokenreviews", "no rule needs"));
  }

  private static Permissions.Allowed allowed(String verb, String group, String resource) {
    return new Permissions.Allowed(Set.of(verb), Set.of(group), Set.of(resource));
  }

  private static Needs needs(String place) {
    Needs.Grant grant =
        new Needs.Grant(new TreeSet<>(Set.of("restart-web")), new TreeSet<>(Set.of(PATCH)));
    return new Needs(
        false,
        new TreeSet<>(),
        new TreeSet<>(new HashSet<>(List.of(LIST_JOBS, LIST_VELERO))),
        new TreeMap<>(Map.of(place, grant)),
        new TreeSet<>());
  }
}
