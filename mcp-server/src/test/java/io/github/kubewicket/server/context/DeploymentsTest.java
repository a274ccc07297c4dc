package io.github.kubewicket.server.context;

import static io.github.kubewicket.server.context.Shopfloor.seen;
import static io.github.kubewicket.server.context.Shopfloor.what;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentsTest {
  private final Shopfloor shop = new Shopfloor();
  private final FakeView cluster = shop.cluster;

  @Test
  void seesTheRolloutOfANewRevision() {
    cluster.put(Shopfloor.deployment("api", 3, 2, "ReplicaSetUpdated"));

    List<Activity> deployments = seen(shop.aroundWeb().deployments());

    assertThat(deployments).extracting(Activity::what).containsExactly("Deployment/api");
    assertThat(deployments.getFirst().concerns()).containsExactly("Deployment/api");
  }

  @Test
  void aPodThatCrashesInAnOldRevisionIsNoRollout() {
    cluster.put(Shopfloor.deployment("broken", 3, 1, "NewReplicaSetAvailable"));

    assertThat(what(shop.aroundWeb().deployments())).isEmpty();
  }

  @Test
  void theRolloutOfAWorkloadThatAnOperatorOwnsConcernsTheOperatorsObject() {
    cluster.serve("example.com/v1", "Widget", "widgets", true, "scale");
    cluster.put("{apiVersion: example.com/v1, kind: Widget, metadata: {name: lamp}}");
    cluster
        .put(Shopfloor.deployment("lamp-main", 3, 2, "ReplicaSetUpdated"))
        .withObject("/metadata")
        .withArray("ownerReferences")
        .addObject()
        .put("kind", "Widget")
        .put("name", "lamp")
        .put("controller", true);

    Activity aroundWidget =
        seen(shop.around(
                    Shopfloor.target("example.com/v1", "Widget", "lamp"), ContextSettings.USUAL)
                .deployments())
            .getFirst();
    Activity aroundWeb = seen(shop.aroundWeb().deployments()).getFirst();

    assertThat(aroundWidget.concerns("Widget/lamp")).isTrue();
    assertThat(aroundWeb.concerns("Deployment/web")).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "Rollout,Progressing,true",
    "Rollout,Paused,true",
    "Rollout,Healthy,false",
    "Rollout,Degraded,false"
  })
  void seesTheRolloutsOfArgo(String kind, String phase, boolean underWay) {
    cluster.serve("argoproj.io/v1alpha1", "Rollout", "rollouts", true);
    cluster.put(
        "{apiVersion: argoproj.io/v1alpha1, kind: %s, metadata: {name: r}, status: {phase: %s}}"
            .formatted(kind, phase));

    assertThat(what(shop.aroundWeb().deployments())).hasSize(underWay ? 1 : 0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "into the namespace | Running | shop | [] | true",
        "over | Succeeded | shop | [] | false",
        "elsewhere | Running | lab | [] | false",
        "with an object in it | Running | lab | [{kind: Deployment, name: web, namespace: shop}] | true",
      })
  void seesTheSyncsOfArgoCd(
      String name, String phase, String into, String resources, boolean underWay) {
    cluster.serve("argoproj.io/v1alpha1", "Application", "applications", true);
    cluster.put(
        """
        {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a, namespace: argocd},
         spec: {destination: {namespace: %s}},
         status: {operationState: {phase: %s, startedAt: '2026-03-01T02:00:00Z'}, resources: %s}}
        """
            .formatted(into, phase, resources));

    List<Activity> deployments = seen(shop.aroundWeb().deployments());

    assertThat(deployments).as(name).hasSize(underWay ? 1 : 0);
    assertThat(deployments)
        .allMatch(
            sync -> sync.concerns().isEmpty() == !resources.contains("web"), "concerns its own");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "progressing | {targetNamespace: shop} | [{type: Ready, status: Unknown, reason: Progressing}] | true",
        "reconciling | {targetNamespace: shop} | [{type: Reconciling, status: 'True'}, {type: Ready, status: 'False'}] | true",
        "just made | {targetNamespace: shop} | [] | true",
        "ready | {targetNamespace: shop} | [{type: Ready, status: 'True', reason: Succeeded}] | false",
        "failed | {targetNamespace: shop} | [{type: Ready, status: 'False', reason: BuildFailed}] | false",
        "suspended | {targetNamespace: shop, suspend: true} | [] | false",
        "elsewhere | {targetNamespace: lab} | [] | false",
      })
  void seesTheReconciliationsOfFlux(String name, String spec, String conditions, boolean underWay) {
    cluster.serve("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations", true);
    cluster.put(
        "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: k,"
            + " namespace: flux-system}, spec: %s, status: {conditions: %s}}"
                .formatted(spec, conditions));

    assertThat(what(shop.aroundWeb().deployments())).as(name).hasSize(underWay ? 1 : 0);
  }

  @Test
  void findsTheNamespaceOfAKustomizationInItsInventory() {
    cluster.serve("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations", true);
    cluster.put(
        """
        {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: k, namespace: flux-system},
         status: {inventory: {entries: [{id: shop_web_apps_Deployment}, {id: lab_x_apps_Deployment}, {id: _shop__Namespace}]}}}
        """);

    Activity reconciling = seen(shop.aroundWeb().deployments()).getFirst();

    assertThat(reconciling.concerns()).containsExactly("Deployment/web");
  }

  @Test
  void looksForPendingReleasesOfHelmOnlyWhereThePolicySaysSo() {
    cluster.serve("v1", "Secret", "secrets", true);
    cluster.put(
        "{apiVersion: v1, kind: Secret, metadata: {name: sh.helm.release.v1.shop.v3,"
            + " labels: {owner: helm, status: pending-upgrade}}}");
    cluster
        .put(Shopfloor.deployment("api", 1, 1, "NewReplicaSetAvailable"))
        .withObject("/metadata/annotations")
        .put("meta.helm.sh/release-name", "shop");

    List<Activity> off = seen(shop.aroundWeb().deployments());
    List<Activity> on = seen(shop.around(Shopfloor.web(), withHelm()).deployments());

    assertThat(off).isEmpty();
    assertThat(on).extracting(Activity::what).containsExactly("helm release shop");
    assertThat(on.getFirst().concerns()).containsExactly("Deployment/api");
  }

  private static ContextSettings withHelm() {
    ContextSettings usual = ContextSettings.USUAL;
    return new ContextSettings(
        true,
        usual.backupNames(),
        Reach.NAMESPACE,
        true,
        usual.backupMargin(),
        Reach.WORKLOAD,
        true,
        true);
  }
}
