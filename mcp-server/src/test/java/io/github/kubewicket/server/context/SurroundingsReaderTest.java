package io.github.kubewicket.server.context;

import static io.github.kubewicket.server.context.Shopfloor.seen;
import static io.github.kubewicket.server.context.Shopfloor.what;
import static io.github.kubewicket.server.context.Shopfloor.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.FieldOwner;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.settings.ContextSettings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SurroundingsReaderTest {
  private final Shopfloor shop = new Shopfloor();
  private final FakeView cluster = shop.cluster;

  @Test
  void seesAQuietShop() {
    Surroundings around = shop.aroundWeb();

    assertThat(around.seenAt()).isEqualTo(Shopfloor.NOW);
    assertThat(seen(around.namespace()).labels()).containsEntry("env", "prod");
    assertThat(seen(around.pod())).isEmpty();
    assertThat(seen(around.disruptionBudgets())).isEmpty();
    assertThat(seen(around.managers())).isEmpty();
    assertThat(seen(around.backups())).isEmpty();
    assertThat(seen(around.deployments())).isEmpty();
    assertThat(seen(around.incidents())).isEmpty();
    assertThat(seen(around.services())).isEmpty();
    assertThat(seen(around.crowd())).isEqualTo(new Crowd(1, 0));
    assertThat(around.object().path("metadata").path("name").asString("")).isEqualTo("web");
    assertThat(around.workloadObject()).isEqualTo(around.object());
  }

  @Test
  void readsTheWorkload() {
    WorkloadState workload = seen(shop.aroundWeb().workload());

    assertThat(workload.labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("app", "web", "tier", "front", "track", "stable"));
    assertThat(workload.replicas()).isEqualTo(3);
    assertThat(workload.ready()).isEqualTo(3);
    assertThat(workload.rolloutComplete()).isTrue();
    assertThat(workload.availableSince()).contains(Instant.parse("2026-02-28T10:00:00Z"));
    assertThat(workload.readinessProbes()).isTrue();
    assertThat(workload.livenessProbes()).isFalse();
    assertThat(workload.persistentVolumes()).isFalse();
  }

  @Test
  void countsTheReplicasOfACustomKindByItsScale() {
    cluster.serve("example.com/v1", "Widget", "widgets", true, "scale");
    cluster.put(
        """
        {apiVersion: example.com/v1, kind: Widget, metadata: {name: lamp},
         spec: {size: 4}, status: {there: 3}}
        """);

    Surroundings around =
        shop.around(Shopfloor.target("example.com/v1", "Widget", "lamp"), ContextSettings.USUAL);

    assertThat(seen(around.workload()).replicas()).isEqualTo(4);
    assertThat(seen(around.workload()).ready()).isEqualTo(3);
    assertThat(seen(around.workload()).rolloutComplete()).isFalse();
  }

  @Test
  void climbsFromAPodToItsWorkload() {
    cluster.put(
        """
        {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, ownerReferences: [
          {apiVersion: apps/v1, kind: Deployment, name: web, uid: Deployment-web, controller: true}]}}
        """);
    cluster.put(
        """
        {apiVersion: v1, kind: Pod, metadata: {name: web-1-a, creationTimestamp: '2026-03-01T01:00:00Z',
          labels: {app: web}, ownerReferences: [
          {apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: ReplicaSet-web-1, controller: true}]},
         spec: {containers: [{name: main}]},
         status: {conditions: [{type: Ready, status: 'False'}], containerStatuses: [
          {restartCount: 2, state: {waiting: {reason: CrashLoopBackOff}},
           lastState: {terminated: {finishedAt: '2026-03-01T02:00:00Z'}}}, {restartCount: 1}]}}
        """);

    Surroundings around = shop.around(pod("web-1-a", "Deployment/web"), ContextSettings.USUAL);

    assertThat(seen(around.workload()).name()).isEqualTo("web");
    assertThat(seen(around.pod()))
        .contains(
            new PodState(
                "web-1-a",
                Map.of(),
                Instant.parse("2026-03-01T01:00:00Z"),
                false,
                3,
                Optional.of(Instant.parse("2026-03-01T02:00:00Z")),
                Optional.of("CrashLoopBackOff")));
    assertThat(around.object().path("kind").asString("")).isEqualTo("Pod");
    assertThat(around.workloadObject().path("kind").asString("")).isEqualTo("Deployment");
  }

  @Test
  void takesNoOtherObjectOfTheSameNameForTheTarget() {
    Target before =
        new Target(
            "cluster",
            "apps/v1",
            "Deployment",
            "shop",
            "web",
            "uid-of-yesterday",
            1,
            "sha256:x",
            Map.of(),
            "Deployment/web",
            Optional.empty());

    Surroundings around = shop.around(before, ContextSettings.USUAL);

    assertThat(why(around.workload())).contains("another object has this name now");
    assertThat(around.object()).isEmpty();
    assertThat(around.workloadObject()).isEmpty();
  }

  @Test
  void knowsThePodDisruptionBudgetsThatSelectThePods() {
    cluster.put(budget("web", "{matchLabels: {app: web}}", 1, 1));
    cluster.put(budget("all", "{}", 1, 2));
    cluster.put(
        budget("some", "{matchExpressions: [{key: track, operator: In, values: [stable]}]}", 1, 3));
    cluster.put(budget("other", "{matchLabels: {app: db}}", 1, 4));
    cluster.put(budget("unseen", "{matchLabels: {app: web}}", 2, 5));

    Surroundings around = shop.aroundWeb();

    assertThat(seen(around.disruptionBudgets()))
        .containsExactlyInAnyOrder(
            new DisruptionBudget("web", 1),
            new DisruptionBudget("all", 2),
            new DisruptionBudget("some", 3),
            new DisruptionBudget("unseen", 0));
  }

  @Test
  void anEmptySelectorOfTheOldBudgetsSelectsNothing() {
    cluster.serve("policy/v1beta1", "PodDisruptionBudget", "poddisruptionbudgets", true);
    cluster.put(budget("all", "{}", 1, 2).replace("policy/v1", "policy/v1beta1"));

    Surroundings around = shop.aroundWeb();

    assertThat(seen(around.disruptionBudgets())).isEmpty();
  }

  @Test
  void knowsWhatElseManagesTheWorkload() {
    cluster.serve("keda.sh/v1alpha1", "ScaledObject", "scaledobjects", true);
    cluster.put(autoscaler("web", "apps/v1", "Deployment", "web"));
    cluster.put(autoscaler("other", "apps/v1", "StatefulSet", "web"));
    cluster.put(autoscaler("foreign", "example.com/v1", "Deployment", "web"));
    cluster.put(
        "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: queue},"
            + " spec: {scaleTargetRef: {name: web}}}");
    ObjectNode web = cluster.put(Shopfloor.deployment("db", 1, 1, "NewReplicaSetAvailable"));
    web.withObject("/metadata/annotations")
        .put("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:shop/db");
    web.withObject("/metadata/labels").put("kustomize.toolkit.fluxcd.io/name", "infra");

    Surroundings around = shop.aroundWeb();
    Surroundings tracked =
        shop.around(Shopfloor.target("apps/v1", "Deployment", "db"), ContextSettings.USUAL);

    assertThat(seen(around.managers()))
        .containsExactlyInAnyOrder(
            new FieldOwner(FieldOwner.Kind.AUTOSCALER, "HorizontalPodAutoscaler/web"),
            new FieldOwner(FieldOwner.Kind.AUTOSCALER, "ScaledObject/queue"));
    assertThat(seen(tracked.managers()))
        .containsExactly(
            new FieldOwner(FieldOwner.Kind.GITOPS, "argocd application shop"),
            new FieldOwner(FieldOwner.Kind.GITOPS, "flux kustomization infra"));
  }

  @Test
  void knowsTheServicesThatSelectThePods() {
    cluster.put(
        "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}}}");
    cluster.put(
        "{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {selector: {app: db}}}");
    cluster.put("{apiVersion: v1, kind: Service, metadata: {name: outside}, spec: {}}");

    Surroundings around = shop.aroundWeb();

    assertThat(seen(around.services())).containsExactly("web");
  }

  @Test
  void countsTheWorkloadsThatAreNotWell() {
    cluster.put(Shopfloor.deployment("broken", 2, 0, "NewReplicaSetAvailable"));
    cluster.put(Shopfloor.deployment("off", 0, 0, "NewReplicaSetAvailable"));
    cluster.put(
        "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent},"
            + " status: {desiredNumberScheduled: 3, numberReady: 2, updatedNumberScheduled: 3}}");

    Surroundings around = shop.aroundWeb();

    assertThat(seen(around.crowd())).isEqualTo(new Crowd(3, 2));
  }

  @Test
  void measuresThePodsWhereTheClusterDoes() {
    assertThat(why(shop.aroundWeb().usage())).isEqualTo("metrics.k8s.io is not served");
    cluster.serve("metrics.k8s.io/v1beta1", "PodMetrics", "pods", true);
    cluster.put("{apiVersion: v1, kind: Pod, metadata: {name: web-1, labels: {app: web}}}");
    cluster.put("{apiVersion: v1, kind: Pod, metadata: {name: db-1, labels: {app: db}}}");
    for (String pod : new String[] {"web-1", "db-1"}) {
      cluster.put(
          "{apiVersion: metrics.k8s.io/v1beta1, kind: PodMetrics, metadata: {name: "
              + pod
              + "}, containers: [{usage: {cpu: 1500000001n, memory: 64Mi}},"
              + " {usage: {cpu: 250m, memory: 1Ki}}]}");
    }

    Usage usage = seen(shop.aroundWeb().usage());

    assertThat(usage.pods())
        .containsExactly(new Usage.PodUsage("web-1", 1501 + 250, (64L << 20) + 1024));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "kube-system"})
  void seesAnIncidentOfTheNamespaceAndOfTheCluster(String namespace) {
    cluster.annotateNamespace(
        namespace, "kubewicket.dev/security-incident", "stolen\u001b[31m token, INC-7");

    Activity incident = seen(shop.aroundWeb().incidents()).getFirst();

    assertThat(incident.what()).isEqualTo("stolen token, INC-7");
    assertThat(incident.source()).isEqualTo("annotation of namespace " + namespace);
  }

  @Test
  void asksForNothingTwice() {
    shop.aroundWeb();

    assertThat(cluster.requests()).isLessThanOrEqualTo(14);
  }

  @Test
  void handsOutNoPartOfAnObjectThatIsTooLarge() {
    cluster
        .put(Shopfloor.deployment("fat", 1, 1, "NewReplicaSetAvailable"))
        .withObject("/metadata/annotations")
        .put("note", "x".repeat(70_000));

    Surroundings around =
        shop.around(Shopfloor.target("apps/v1", "Deployment", "fat"), ContextSettings.USUAL);

    assertThat(around.object()).isEmpty();
    assertThat(seen(around.workload()).name()).isEqualTo("fat");
  }

  @Test
  void tellsAgentsAllOfItInAFewLines() {
    cluster.put("{apiVersion: batch/v1, kind: Job, metadata: {name: nightly-backup}}");
    cluster.fail("services", Reason.FORBIDDEN, "no");

    ObjectNode json = SurroundingsJson.of(shop.aroundWeb());

    assertThat(json.path("seenAt").asString("")).isEqualTo("2026-03-01T02:17:00Z");
    assertThat(json.path("services").path("unknown").asString("")).isEqualTo("services: forbidden");
    assertThat(json.path("backups").path(0).path("what").asString(""))
        .isEqualTo("Job/nightly-backup");
    assertThat(json.path("deployments").isArray()).isTrue();
    assertThat(json.path("workload").path("rolloutComplete").asBoolean()).isTrue();
    assertThat(json.toString()).hasSizeLessThan(1_500);
  }

  @Test
  void namesWhatRunsInOrder() {
    cluster.put("{apiVersion: batch/v1, kind: Job, metadata: {name: dump-b}}");
    cluster.put("{apiVersion: batch/v1, kind: Job, metadata: {name: dump-a}}");

    assertThat(what(shop.aroundWeb().backups())).containsExactly("Job/dump-a", "Job/dump-b");
  }

  private static Target pod(String name, String workload) {
    return new Target(
        "cluster",
        "v1",
        "Pod",
        "shop",
        name,
        "Pod-" + name,
        0,
        "sha256:x",
        Map.of(),
        workload,
        Optional.of(name));
  }

  private static String budget(String name, String selector, int generation, int allowed) {
    return """
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: %s, generation: %d}
    spec: {selector: %s}
    status: {observedGeneration: 1, disruptionsAllowed: %d}
    """
        .formatted(name, generation, selector, allowed);
  }

  private static String autoscaler(String name, String apiVersion, String kind, String target) {
    return """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: %s}
    spec: {scaleTargetRef: {apiVersion: %s, kind: %s, name: %s}}
    """
        .formatted(name, apiVersion, kind, target);
  }
}
