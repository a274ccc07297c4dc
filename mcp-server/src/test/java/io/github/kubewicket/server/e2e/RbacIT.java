package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.github.kubewicket.server.cluster.Permissions;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The roles that `policy rbac` prints, put into a real cluster: an account that has them and
/// nothing else can do all that the policy lets agents do, and Kubernetes itself refuses the rest.
@RealCluster
class RbacIT {
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\w+)$");
  private static final Pattern NAME = Pattern.compile("(?m)^  name: (\\S+)$");
  private static final Pattern PLACE = Pattern.compile("(?m)^  namespace: (\\S+)$");

  @TempDir private static Path folder;
  private static final List<String> CREATED = new ArrayList<>();
  private static KubeApi api;
  private static TestNamespace namespace;
  private static TestNamespace other;
  private static Installation reading;
  private static Installation writing;

  @BeforeAll
  static void deploy() throws IOException {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "rbac");
    other = TestNamespace.create(api, "rbac-other");
    namespace.deployment("web", 1);
    namespace.deployment("evicted", 2);
    api.create(namespace.apps("statefulsets"), Manifests.statefulSet("db", 1));
    other.deployment("web", 1);
    namespace.awaitAvailable("web", "evicted");
    other.awaitAvailable("web");
    String policy = Policies.auto(namespace.name(), "120s");
    reading = install("reading", policy);
    // Without a tool that shows any kind there is no ClusterRole view to hide what a role lacks.
    writing = install("writing", policy + "tools: [list_events]\n");
  }

  @AfterAll
  static void remove() {
    CREATED.forEach(api::delete);
    namespace.close();
    other.close();
  }

  @Test
  void everyReadToolWorks() {
    String in = namespace.name();

    try (ServerProcess server = reading.serve()) {
      List<Reply> replies =
          List.of(
              server.call("list_resources", Map.of("kind", "pods", "namespace", in)),
              server.call("list_resources", Map.of("kind", "nodes")),
              server.call("list_resources", Map.of("kind", "namespaces")),
              server.call(
                  "get_resource", Map.of("kind", "deployment", "name", "web", "namespace", in)),
              server.call("get_logs", Map.of("target", "deployment/web", "namespace", in)),
              server.call("list_events", Map.of("namespace", in)),
              server.call("list_events", Map.of()),
              server.call("describe_kind", Map.of("kind", "deployments", "path", "spec.replicas")));

      assertThat(replies).noneMatch(Reply::failed);
      assertThat(replies.get(3).text()).doesNotContain("orbidden");
    }
  }

  @Test
  void everyWriteToolWorks() {
    String pod = namespace.podNames("evicted").getFirst();

    try (ServerProcess server = writing.serve()) {
      List<Reply> replies =
          List.of(
              server.call("restart_workload", Calls.restart(namespace, "deployment/web")),
              server.call("scale_workload", Calls.scale(namespace, "deployment/web", 2)),
              server.call("evict_pod", Calls.evict(namespace, pod)));
      Reply stateful = server.call("restart_workload", Calls.restart(namespace, "statefulset/db"));

      // A StatefulSet waits for a person; its dry run was authorized like the act.
      assertThat(stateful.code()).as(stateful.text()).isEqualTo("APPROVAL_REQUIRED");
      assertThat(replies)
          .extracting(Reply::result)
          .as(String.join("\n", replies.stream().map(Reply::text).toList()))
          .containsOnly("verified");
      assertThat(namespace.podNames("evicted")).doesNotContain(pod);
    }
  }

  /// The policy is as wide as it can be; the account's roles are of the narrow one.
  @Test
  void kubernetesItselfRefusesWhatTheRolesDoNotHave() throws IOException {
    Path wide = Files.createDirectories(folder.resolve("wide"));
    Installation everywhere =
        new Installation(wide, kubeconfigOf("reading")).policy(Policies.auto("*", "20s"));
    String pod = other.podNames("web").getFirst();

    try (ServerProcess server = everywhere.serve()) {
      List<Reply> replies =
          List.of(
              server.call("restart_workload", Calls.restart(other, "deployment/web")),
              server.call("scale_workload", Calls.scale(other, "deployment/web", 2)),
              server.call("evict_pod", Calls.evict(other, pod)),
              server.call(
                  "list_resources", Map.of("kind", "secrets", "namespace", namespace.name())),
              server.call("list_resources", Map.of("kind", "clusterroles")));

      assertThat(replies)
          .extracting(Reply::code)
          .as(String.join("\n", replies.stream().map(Reply::text).toList()))
          .containsOnly("FORBIDDEN");
      assertThat(other.generation("web")).isEqualTo(1);
      assertThat(other.podNames("web")).containsExactly(pod);
    }
  }

  @Test
  void theDoctorFindsTheAccountRightForItsPolicyAndTooWeakForAWiderOne() throws IOException {
    Path wide = Files.createDirectories(folder.resolve("wider"));
    Installation more =
        new Installation(wide, kubeconfigOf("writing")).policy(Policies.auto(other.name(), "20s"));

    Installation.Ran right = writing.run("doctor");
    Installation.Ran weak = more.run("doctor");
    Installation.Ran strong = writing.through(TestCluster.kubeconfig()).run("doctor");

    assertThat(right.status()).as(right.out()).isZero();
    assertThat(right.out())
        .contains("the account may do all that tools.yaml needs")
        .doesNotContain("no rule needs");
    assertThat(weak.status()).isEqualTo(1);
    assertThat(weak.out())
        .contains("patch deployments.apps", "in " + other.name(), "kubewicket policy rbac");
    assertThat(strong.status()).as(strong.out()).isZero();
    assertThat(strong.out()).contains("warn  permissions the account may do everything");
  }

  /// An installation whose server runs as an account with the roles that its policy needs.
  private static Installation install(String name, String policy) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Installation administrator = new Installation(home, TestCluster.kubeconfig()).policy(policy);
    String account = namespace.name() + "-" + name;
    Installation.Ran printed =
        administrator.run("policy", "rbac", "--namespace", namespace.name(), "--name", account);
    assertThat(printed.status()).as(printed.err()).isZero();
    for (String document : printed.out().split("(?m)^---$")) {
      if (!document.isBlank()) {
        apply(document);
      }
    }
    Path kubeconfig = kubeconfig(account, kubeconfigOf(name));
    Permissions permissions = TestCluster.connect(kubeconfig).permissions();
    Wait.until(
        "the API server knows the new roles",
        () ->
            permissions.may("create", "", "pods/eviction", namespace.name())
                && permissions.may("list", "", "services", ""));
    return administrator.through(kubeconfig);
  }

  private static Path kubeconfigOf(String name) {
    return folder.resolve(name).resolve("account");
  }

  private static void apply(String document) {
    String kind = first(KIND, document);
    String place =
        switch (kind) {
          case "ServiceAccount" ->
              "/api/v1/namespaces/" + first(PLACE, document) + "/serviceaccounts";
          case "ClusterRole" -> "/apis/rbac.authorization.k8s.io/v1/clusterroles";
          case "ClusterRoleBinding" -> "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
          case "Role" ->
              "/apis/rbac.authorization.k8s.io/v1/namespaces/" + first(PLACE, document) + "/roles";
          case "RoleBinding" ->
              "/apis/rbac.authorization.k8s.io/v1/namespaces/"
                  + first(PLACE, document)
                  + "/rolebindings";
          default -> throw new AssertionError("an unexpected kind: " + kind);
        };
    assertThat(api.create(place, document).path("kind").asString("")).isEqualTo(kind);
    if (kind.startsWith("Cluster")) {
      CREATED.add(place + "/" + first(NAME, document));
    }
  }

  private static String first(Pattern pattern, String document) {
    Matcher matcher = pattern.matcher(document);
    assertThat(matcher.find()).as(document).isTrue();
    return matcher.group(1);
  }

  /// A kubeconfig with a token of the account, which lives for an hour.
  private static Path kubeconfig(String account, Path file) throws IOException {
    String token =
        api.create(
                namespace.core("serviceaccounts/" + account + "/token"),
                "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}")
            .path("status")
            .path("token")
            .asString("");
    assertThat(token).isNotEmpty();
    Config cluster = Config.fromKubeconfig(TestCluster.kubeconfig().toFile());
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
        users: [{name: u, user: {token: "%s"}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(cluster.getMasterUrl(), cluster.getCaCertData(), token));
  }
}
