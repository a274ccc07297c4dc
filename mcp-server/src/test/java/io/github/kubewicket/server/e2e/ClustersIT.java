package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.settings.Impersonation;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.cluster.Identity;
import io.github.kubewicket.server.cluster.KindInfo;
import io.github.kubewicket.server.rbac.ImpersonationRole;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real cluster beside one that never answers, and callers in whose name the real one is asked.
@RealCluster
class ClustersIT {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final List<String> CREATED = new ArrayList<>();
  private static final String BINDING =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings";
  private static final Plan.Why WHY =
      new Plan.Why("it hangs", Optional.empty(), OptionalDouble.empty(), Optional.empty());

  @TempDir private static Path folder;
  private static KubeApi api;
  private static TestNamespace mine;
  private static TestNamespace other;
  private static ServerSocket silent;
  private static Connection cluster;
  private static Identity reader;

  @BeforeAll
  static void deploy() throws IOException {
    api = KubeApi.connect();
    mine = TestNamespace.create(api, "clusters");
    other = TestNamespace.create(api, "clusters-other");
    mine.deployment("web", 1);
    other.deployment("web", 1);
    mine.awaitAvailable("web");
    silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    cluster = TestCluster.connect();
    reader = new Identity("kw:reader-of-" + mine.name(), List.of("kw:nobody"), "rq-1");
    api.create(
        BINDING.formatted(mine.name()),
        """
        {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: reader},
         roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view},
         subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "%s"}]}
        """
            .formatted(reader.user()));
    Wait.until("the API server knows the binding", () -> sees(cluster, mine.name()));
  }

  @AfterAll
  static void remove() throws IOException {
    silent.close();
    CREATED.forEach(api::delete);
    mine.close();
    other.close();
  }

  @Test
  void aDeadClusterSlowsNothingAndTheLiveOneIsReadAndChanged() throws IOException {
    Path home = Files.createDirectories(folder.resolve("two"));
    Path dead = home.resolve("dead");
    Files.writeString(
        dead,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(silent.getLocalPort()));
    Installation two =
        new Installation(home, TestCluster.kubeconfig())
            .policy(
                Policies.auto(mine.name(), "120s")
                    + """
                    clusters:
                      - {name: dead, kubeconfig: %s}
                      - {name: live, kubeconfig: %s}
                    """
                        .formatted(dead, TestCluster.kubeconfig()));

    try (ServerProcess server = two.serve()) {
      Map<String, Object> pods = Map.of("kind", "pods", "namespace", mine.name());
      Reply read = server.call("list_resources", Calls.with(pods, "cluster", "live"));
      Reply changed =
          server.call(
              "restart_workload",
              Calls.with(Calls.restart(mine, "deployment/web"), "cluster", "live"));
      long start = System.nanoTime();
      Reply lost = server.call("list_resources", Calls.with(pods, "cluster", "dead"));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      Reply unnamed = server.call("list_resources", pods);

      assertThat(read.failed()).as(read.text()).isFalse();
      assertThat(read.field("cluster")).isEqualTo("live");
      assertThat(changed.result()).as(changed.text()).isEqualTo("verified");
      assertThat(changed.field("target")).endsWith("on cluster live");
      assertThat(lost.code()).isIn("TIMEOUT", "CLUSTER_UNAVAILABLE");
      assertThat(took).isLessThan(Duration.ofSeconds(12));
      assertThat(unnamed.code()).isEqualTo("BAD_ARGS");
    }
    Installation.Ran doctor = two.run("doctor", "--cluster", "live");
    assertThat(doctor.status()).as(doctor.out()).isZero();
    assertThat(doctor.out()).contains("live: reached").doesNotContain("dead:");
  }

  @Test
  void kubernetesDecidesWhatACallerSees() {
    ClusterView view = cluster.as(reader).view();

    assertThat(
            view.get(view.kind("deployments"), Optional.of(mine.name()), "web")
                .path("kind")
                .asString(""))
        .isEqualTo("Deployment");
    assertForbidden(() -> view.get(view.kind("deployments"), Optional.of(other.name()), "web"));
    assertForbidden(() -> view.list(view.kind("pods"), Optional.empty(), "", 10));
    assertForbidden(() -> view.list(view.kind("secrets"), Optional.of(mine.name()), "", 10));
  }

  /// The server's account has no right of its own but to become this one user.
  @Test
  void anAccountThatMayOnlyImpersonateSeesWhatItsCallersSee() throws IOException {
    Impersonation as = new Impersonation(reader.user(), reader.groups());
    String account = mine.name() + "-front";
    api.create(
        mine.core("serviceaccounts"),
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + account + "}}");
    for (String document : ImpersonationRole.of(List.of(as), mine.name(), account).split("---\n")) {
      if (!document.isBlank()) {
        String plural =
            document.contains("kind: ClusterRoleBinding") ? "clusterrolebindings" : "clusterroles";
        api.create(RBAC + plural, document);
        CREATED.add(RBAC + plural + "/" + account + "-impersonate");
      }
    }
    Connection front = TestCluster.connect(kubeconfig(account));
    ClusterView view = front.as(reader).view();
    KindInfo deployments = view.kind("deployments");
    Wait.until("the API server knows the role", () -> sees(front, mine.name()));

    assertThat(view.get(deployments, Optional.of(mine.name()), "web").path("kind").asString(""))
        .isEqualTo("Deployment");
    assertForbidden(() -> view.get(deployments, Optional.of(other.name()), "web"));
    ClusterException own =
        catchThrowableOfType(
            ClusterException.class,
            () -> front.view().get(deployments, Optional.of(mine.name()), "web"));
    assertThat(own.denial().code()).isEqualTo(Reason.FORBIDDEN);
    ClusterView admin = front.as(new Identity("admin", List.of(), "rq-2")).view();
    ClusterException another =
        catchThrowableOfType(
            ClusterException.class, () -> admin.get(deployments, Optional.of(mine.name()), "web"));
    assertThat(another.denial().hint()).contains("may not impersonate");
  }

  /// A kubeconfig with a token of this account, which lives for an hour.
  private static Path kubeconfig(String account) throws IOException {
    String token =
        api.create(
                mine.core("serviceaccounts/" + account + "/token"),
                "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}")
            .path("status")
            .path("token")
            .asString("");
    Config config = Config.fromKubeconfig(TestCluster.kubeconfig().toFile());
    return Files.writeString(
        folder.resolve(account),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: u, user: {token: "%s"}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(config.getMasterUrl(), config.getCaCertData(), token));
  }

  @Test
  void aCallerThatMayOnlyReadGetsNoFurtherThanTheDryRun() {
    Change change =
        cluster
            .as(reader)
            .workbench()
            .take(new Plan.Restart(mine.name(), new Plan.WorkloadRef("deployment", "web"), WHY));

    assertForbidden(() -> change.preview(Instant.parse("2026-01-01T00:00:00Z")));
    assertForbidden(() ->
        cluster
            .as(reader)
            .workbench()
            .take(new Plan.Restart(other.name(), new Plan.WorkloadRef("deployment", "web"), WHY)));
  }

  private static boolean sees(Connection cluster, String namespace) {
    try {
      ClusterView view = cluster.as(reader).view();
      return !view.list(view.kind("deployments"), Optional.of(namespace), "", 10).isEmpty();
    } catch (ClusterException e) {
      return false;
    }
  }

  private static void assertForbidden(ThrowingCallable call) {
    ClusterException refused = catchThrowableOfType(ClusterException.class, call);
    assertThat(refused.denial().code()).isEqualTo(Reason.FORBIDDEN);
    assertThat(refused.denial().message()).contains(reader.user());
  }
}
