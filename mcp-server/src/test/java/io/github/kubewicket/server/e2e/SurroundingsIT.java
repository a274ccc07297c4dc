package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.FieldOwner;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.context.CronPlan;
import io.github.kubewicket.server.context.SurroundingsJson;
import io.github.kubewicket.server.context.SurroundingsReader;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is seen around workloads of a real cluster while a backup runs, a rollout is under way and
/// operators are at work.
@RealCluster
class SurroundingsIT {
  private static final Plan.Why WHY =
      new Plan.Why("a test", Optional.empty(), OptionalDouble.empty(), Optional.empty());

  @TempDir private static Path folder;
  private static KubeApi api;
  private static CustomKinds kinds;
  private static TestNamespace namespace;
  private static TestNamespace quiet;
  private static Connection connection;

  @BeforeAll
  static void fill() {
    api = KubeApi.connect();
    kinds =
        new CustomKinds(api)
            .serve("velero.io", "v1", "Backup", "backups")
            .serve("postgresql.cnpg.io", "v1", "Backup", "backups")
            .serve("argoproj.io", "v1alpha1", "Application", "applications")
            .serve("metrics.k8s.io", "v1beta1", "PodMetrics", "pods");
    connection = TestCluster.connect();
    namespace = TestNamespace.create(api, "around");
    quiet = TestNamespace.create(api, "quiet");
    workloads();
    batch();
    operators();
    Wait.until(
        "the new revision of api is being rolled out",
        () -> namespace.pods("api").size() > 1 && !ready(namespace.pods("api")));
    Wait.until("fragile is not ready any more", () -> !ready(namespace.pods("fragile")));
  }

  private static void workloads() {
    namespace.deployment("web", 2);
    namespace.deployment("api", 1, Manifests.slow());
    namespace.deployment(
        "fragile",
        1,
        Manifests.shell("touch /tmp/ready; sleep 6; rm /tmp/ready; sleep 86400")
            + "readinessProbe: {exec: {command: [test, -e, /tmp/ready]}, periodSeconds: 1, failureThreshold: 1}\n");
    api.create(
        namespace.core("services"),
        "{kind: Service, metadata: {name: front}, spec: {selector: {app: web}, ports: [{port: 80}]}}");
    ClusterView view = connection.view();
    String budgets = view.kind("poddisruptionbudgets.policy").apiVersion();
    api.create(
        "/apis/" + budgets + "/namespaces/" + namespace.name() + "/poddisruptionbudgets",
        Manifests.disruptionBudget(budgets, "web", 1));
    api.create(
        "/apis/autoscaling/v1/namespaces/" + namespace.name() + "/horizontalpodautoscalers",
        """
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 2
          maxReplicas: 4
        """);
    namespace.awaitAvailable("web", "api", "fragile");
    api.mergePatch(
        namespace.apps("deployments/api"),
        """
        {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"kubewicket.test/busybox:1",
        "imagePullPolicy":"Never","command":["sleep","86400"],
        "readinessProbe":{"exec":{"command":["false"]},"periodSeconds":1}}]}}}}
        """);
  }

  private static void batch() {
    String jobs = "/apis/batch/v1/namespaces/" + namespace.name() + "/jobs";
    api.create(jobs, job("nightly-backup", "sleep, \"86400\"", ""));
    String batch = connection.view().kind("cronjobs.batch").apiVersion();
    JsonNode cronJob =
        api.create(
            "/apis/" + batch + "/namespaces/" + namespace.name() + "/cronjobs",
            """
            apiVersion: %s
            kind: CronJob
            metadata: {name: database-dump}
            spec:
              schedule: "30 3 29 2 *"
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [
                {name: main, image: kubewicket.test/busybox:1, imagePullPolicy: Never, command: ["true"]}]}}}}
            """
                .formatted(batch));
    api.create(
        jobs,
        job(
            "past-run",
            "\"true\"",
            "ownerReferences: [{apiVersion: %s, kind: CronJob, name: database-dump, uid: %s, controller: true}]"
                .formatted(batch, cronJob.path("metadata").path("uid").asString(""))));
    Wait.until(
        "the past run is over",
        () -> api.get(jobs + "/past-run").path("status").has("completionTime"));
    Wait.until(
        "the backup runs",
        () -> api.get(jobs + "/nightly-backup").path("status").path("active").asInt(0) == 1);
  }

  private static void operators() {
    api.create(
        "/apis/velero.io/v1/namespaces/" + quiet.name() + "/backups",
        "{apiVersion: velero.io/v1, kind: Backup, metadata: {name: all}, spec: {includedNamespaces: [%s]},"
                .formatted(namespace.name())
            + " status: {phase: InProgress}}");
    api.create(
        "/apis/postgresql.cnpg.io/v1/namespaces/" + namespace.name() + "/backups",
        "{apiVersion: postgresql.cnpg.io/v1, kind: Backup, metadata: {name: pg}, status: {phase: running}}");
    api.create(
        "/apis/argoproj.io/v1alpha1/namespaces/" + quiet.name() + "/applications",
        "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop},"
            + " spec: {destination: {namespace: %s}}, status: {operationState: {phase: Running}}}"
                .formatted(namespace.name()));
    for (String pod : namespace.podNames("web")) {
      api.create(
          "/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace.name() + "/pods",
          "{apiVersion: metrics.k8s.io/v1beta1, kind: PodMetrics, metadata: {name: %s},"
                  .formatted(pod)
              + " containers: [{name: main, usage: {cpu: 12m, memory: 3Mi}}]}");
    }
  }

  @AfterAll
  static void remove() {
    namespace.close();
    quiet.close();
    kinds.close();
  }

  @Test
  void seesWhatHoldsAWorkload() {
    Surroundings around = around("web");

    assertThat(seen(around.namespace()).labels()).isNotNull();
    assertThat(seen(around.workload()).replicas()).isEqualTo(2);
    assertThat(seen(around.workload()).rolloutComplete()).isTrue();
    assertThat(seen(around.workload()).availableSince()).isPresent();
    assertThat(seen(around.disruptionBudgets())).containsExactly(new DisruptionBudget("web", 1));
    assertThat(seen(around.managers()))
        .containsExactly(new FieldOwner(FieldOwner.Kind.AUTOSCALER, "HorizontalPodAutoscaler/web"));
    assertThat(seen(around.services())).containsExactly("front");
    assertThat(seen(around.usage()).pods())
        .extracting(Usage.PodUsage::cpuMillis, Usage.PodUsage::memoryBytes)
        .containsOnly(tuple(12L, 3L << 20))
        .hasSize(2);
    assertThat(seen(around.incidents())).isEmpty();
    assertThat(around.object().path("metadata").has("managedFields")).isFalse();
  }

  @Test
  void seesTheBackupsThatRunAndAsksForThoseThatAreDue() {
    List<CronPlan> asked = new ArrayList<>();
    SurroundingsReader reader =
        new SurroundingsReader(
            connection.view(),
            InstantSource.system(),
            (plan, margin, now) -> {
              asked.add(plan);
              return Known.of(List.of());
            });

    Surroundings around = reader.read(target("web"), ContextSettings.USUAL);

    assertThat(seen(around.backups()))
        .extracting(Activity::what, Activity::source)
        .containsExactlyInAnyOrder(
            tuple("Job/nightly-backup", "running Job"),
            tuple("Backup/all", "velero"),
            tuple("Backup/pg", "cloudnative-pg"));
    assertThat(asked).extracting(CronPlan::name).containsExactly("database-dump");
    assertThat(asked.getFirst().schedule()).isEqualTo("30 3 29 2 *");
    assertThat(asked.getFirst().pastRuns()).hasSize(1);
  }

  @Test
  void seesTheRolloutThatIsUnderWayAndNoneWhereAPodIsOnlyIll() {
    Surroundings around = around("fragile");

    assertThat(seen(around.deployments()))
        .extracting(Activity::what)
        .containsExactlyInAnyOrder("Application/shop", "Deployment/api");
    assertThat(seen(around.workload()).rolloutComplete()).isTrue();
    assertThat(seen(around.workload()).ready()).isZero();
    assertThat(seen(around("api").workload()).rolloutComplete()).isFalse();
    assertThat(seen(around.crowd()).workloads()).isEqualTo(3);
    assertThat(seen(around.crowd()).unhealthy()).isPositive();
  }

  @Test
  void seesThePodThatIsToBeEvicted() {
    String pod = namespace.podNames("web").getFirst();
    Target target =
        connection.workbench().take(new Plan.Evict(namespace.name(), pod, WHY)).target();

    Surroundings around =
        new SurroundingsReader(connection.view(), InstantSource.system())
            .read(target, ContextSettings.USUAL);

    assertThat(seen(around.pod()).orElseThrow().ready()).isTrue();
    assertThat(seen(around.workload()).name()).isEqualTo("web");
    assertThat(seen(around.disruptionBudgets())).hasSize(1);
    assertThat(SurroundingsJson.of(around).path("pod").path("name").asString("")).isEqualTo(pod);
  }

  @Test
  void hearsOfASecurityIncident() {
    TestNamespace struck = TestNamespace.create(api, "struck");
    try (struck) {
      struck.deployment("web", 1);
      api.mergePatch(
          "/api/v1/namespaces/" + struck.name(),
          "{\"metadata\":{\"annotations\":{\"kubewicket.dev/security-incident\":\"INC-7\"}}}");

      Surroundings around =
          new SurroundingsReader(connection.view(), InstantSource.system())
              .read(target(struck, "web"), ContextSettings.USUAL);

      assertThat(seen(around.incidents())).extracting(Activity::what).containsExactly("INC-7");
    }
  }

  @Test
  void saysWhatTheServersAccountMayNotSee() throws IOException {
    Target target = target("web");

    Surroundings around =
        new SurroundingsReader(limited().view(), InstantSource.system())
            .read(target, ContextSettings.USUAL);

    assertThat(why(around.backups())).contains("backups.velero.io: forbidden");
    assertThat(why(around.deployments())).contains("applications.argoproj.io: forbidden");
    assertThat(why(around.incidents())).isEqualTo("namespaces kube-system: forbidden");
    assertThat(why(around.usage())).isEqualTo("pods.metrics.k8s.io: forbidden");
    assertThat(seen(around.workload()).name()).isEqualTo("web");
    assertThat(seen(around.managers())).hasSize(1);
    assertThat(seen(around.services())).containsExactly("front");
  }

  @Test
  void readsItAllInATickOfTheClock() {
    Target target = target("web");
    SurroundingsReader reader = new SurroundingsReader(connection.view(), InstantSource.system());
    reader.read(target, ContextSettings.USUAL);

    long start = System.nanoTime();
    reader.read(target, ContextSettings.USUAL);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  /// A connection as an account that may view the namespace, and nothing else.
  private static Connection limited() throws IOException {
    api.create(
        namespace.core("serviceaccounts"), "{kind: ServiceAccount, metadata: {name: viewer}}");
    api.create(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace.name() + "/rolebindings",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: viewer}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{kind: ServiceAccount, name: viewer, namespace: %s}]
        """
            .formatted(namespace.name()));
    String token =
        api.create(
                namespace.core("serviceaccounts/viewer/token"),
                "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {expirationSeconds: 3600}}")
            .path("status")
            .path("token")
            .asString("");
    Path file = folder.resolve("viewer");
    Files.writeString(
        file,
        Files.readString(TestCluster.kubeconfig())
            .replaceAll("token: \\S+", "token: " + token)
            .replaceAll("client-(certificate|key)-data: \\S+", ""));
    Connection viewer = TestCluster.connect(file);
    Wait.until(
        "the account may view the namespace",
        () -> {
          try {
            return !viewer
                .view()
                .list(viewer.view().kind("jobs.batch"), Optional.of(namespace.name()), "", 100)
                .isEmpty();
          } catch (ClusterException e) {
            return false;
          }
        });
    return viewer;
  }

  private static Surroundings around(String workload) {
    return new SurroundingsReader(
            connection.view(), InstantSource.system(), (plan, margin, now) -> Known.of(List.of()))
        .read(target(workload), ContextSettings.USUAL);
  }

  private static Target target(String workload) {
    return target(namespace, workload);
  }

  private static Target target(TestNamespace where, String workload) {
    return connection
        .workbench()
        .take(new Plan.Restart(where.name(), new Plan.WorkloadRef("deployment", workload), WHY))
        .target();
  }

  private static boolean ready(List<JsonNode> pods) {
    return pods.stream()
        .flatMap(pod -> pod.path("status").path("conditions").valueStream())
        .filter(condition -> condition.path("type").asString("").equals("Ready"))
        .allMatch(condition -> condition.path("status").asString("").equals("True"));
  }

  private static String job(String name, String command, String metadata) {
    return """
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: %s
      %s
    spec:
      backoffLimit: 0
      template:
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 1
          containers:
            - {name: main, image: "kubewicket.test/busybox:1", imagePullPolicy: Never, command: [%s]}
    """
        .formatted(name, metadata, command);
  }

  private static <T> T seen(Known<T> known) {
    return switch (known) {
      case Known.Seen<T>(T value) -> value;
      case Known.Unknown<T>(String why) -> throw new AssertionError("unknown: " + why);
    };
  }

  private static String why(Known<?> known) {
    return switch (known) {
      case Known.Seen<?>(Object value) -> throw new AssertionError("seen: " + value);
      case Known.Unknown<?>(String why) -> why;
    };
  }
}
