package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Changes that may be made, and are: done, watched until they are healthy, and told truthfully.
@RealCluster
class ChangesIT {
  @TempDir private static Path folder;
  private static KubeApi api;
  private static TestNamespace namespace;
  private static ServerProcess server;

  @BeforeAll
  static void deploy() {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "changes");
    namespace.deployment("web", 2);
    api.create(namespace.apps("statefulsets"), Manifests.statefulSet("db", 1));
    api.create(namespace.apps("daemonsets"), Manifests.daemonSet("agent"));
    namespace.deployment("scaled", 1);
    namespace.deployment("evicted", 2);
    namespace.deployment("guarded", 1);
    namespace.awaitAvailable("web", "scaled", "evicted", "guarded");
    awaitPod("db");
    awaitPod("agent");
    server =
        new Installation(folder, TestCluster.kubeconfig())
            .policy(Policies.auto(namespace.name(), "120s"))
            .serve();
  }

  @AfterAll
  static void remove() {
    server.close();
    namespace.close();
  }

  @Test
  void restartsADeploymentAndADaemonSet() {
    List<List<String>> before = List.of(namespace.podNames("web"), namespace.podNames("agent"));

    List<CompletableFuture<Reply>> calls =
        List.of(
            server.begin("restart_workload", Calls.restart(namespace, "deployment/web")),
            server.begin("restart_workload", Calls.restart(namespace, "daemonsets/agent")));
    List<Reply> replies = calls.stream().map(ServerProcess::await).toList();

    assertThat(replies).extracting(Reply::result).as(texts(replies)).containsOnly("verified");
    assertThat(replies).noneMatch(Reply::failed);
    assertThat(namespace.podNames("web")).hasSize(2).doesNotContainAnyElementsOf(before.get(0));
    assertThat(namespace.podNames("agent")).doesNotContainAnyElementsOf(before.get(1));
    assertThat(namespace.generation("web")).isEqualTo(2);
  }

  @Test
  void restartsAStatefulSetOnlyAfterAPersonHasApproved() throws IOException {
    Installation staffed =
        new Installation(
            Files.createDirectory(folder.resolve("staffed")), TestCluster.kubeconfig());
    Person person = new Person(staffed);
    staffed.policy(
        Policies.auto(namespace.name(), "120s") + Policies.approvers(person.makeKey("on-call")));
    List<String> before = uids("db");
    Map<String, Object> call = Calls.restart(namespace, "sts/db");

    try (ServerProcess gated = staffed.serve()) {
      Reply asked = gated.call("restart_workload", call);
      Person.Screen screen = person.approve(asked.field("requestId"));
      Reply done =
          gated.call("restart_workload", Calls.with(call, "approval", asked.field("requestId")));

      assertThat(asked.code()).as(asked.text()).isEqualTo("APPROVAL_REQUIRED");
      assertThat(asked.structured().path("because").toString()).contains("STATEFUL: ");
      assertThat(screen.status()).as(screen.text()).isZero();
      assertThat(done.result()).as(done.text()).isEqualTo("verified");
      assertThat(uids("db")).hasSize(1).doesNotContainAnyElementsOf(before);
    }
  }

  @Test
  void scalesUpAndDownAndTellsItsProgress() {
    Reply up =
        server.callWithProgress(
            "scale_workload", Calls.scale(namespace, "deployment/scaled", 3), "up");
    int podsUp = namespace.pods("scaled").size();
    Reply down = server.call("scale_workload", Calls.scale(namespace, "deploy/scaled", 1));

    assertThat(up.result()).as(up.text()).isEqualTo("verified");
    assertThat(podsUp).isEqualTo(3);
    assertThat(down.result()).as(down.text()).isEqualTo("verified");
    assertThat(namespace.replicas("scaled")).isEqualTo(1);
    assertThat(server.notifications())
        .filteredOn(note -> note.path("params").path("progressToken").asString("").equals("up"))
        .isNotEmpty()
        .allMatch(note -> note.path("method").asString("").equals("notifications/progress"))
        .extracting(note -> note.path("params").path("progress").asInt(-1))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void evictsAPodAndSeesItReplaced() {
    List<String> before = namespace.podNames("evicted");

    Reply reply = server.call("evict_pod", Calls.evict(namespace, before.getFirst()));

    assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
    assertThat(namespace.podNames("evicted"))
        .hasSize(2)
        .contains(before.getLast())
        .doesNotContain(before.getFirst());
  }

  @Test
  void evictsNoPodThatADisruptionBudgetKeeps() {
    boolean old = api.find("/apis/policy/v1").isEmpty();
    String version = old ? "policy/v1beta1" : "policy/v1";
    String budgets =
        "/apis/" + version + "/namespaces/" + namespace.name() + "/poddisruptionbudgets";
    api.create(budgets, Manifests.disruptionBudget(version, "guarded", 1));
    Wait.until(
        "the disruption budget counts its pod",
        () -> api.get(budgets + "/guarded").path("status").path("currentHealthy").asInt(0) == 1);
    List<String> before = namespace.podNames("guarded");

    Reply reply = server.call("evict_pod", Calls.evict(namespace, before.getFirst()));

    assertThat(reply.code()).as(reply.text()).isEqualTo("PDB_BLOCKED");
    assertThat(reply.failed()).isTrue();
    assertThat(namespace.podNames("guarded")).isEqualTo(before);
  }

  @Test
  void refusesNamesThatAreNoneAndChangesThatAreNone() {
    List<Reply> replies =
        List.of(
            server.call("restart_workload", Calls.restart(namespace, "deployment/absent")),
            server.call("restart_workload", Calls.restart(namespace, "deployment/*")),
            server.call("restart_workload", Calls.restart(namespace, "deployment/app=web")),
            server.call("restart_workload", Calls.restart(namespace, "secret/web")),
            server.call("scale_workload", Calls.scale(namespace, "daemonset/agent", 3)),
            server.call("scale_workload", Calls.scale(namespace, "deployment/guarded", 1)),
            server.call("scale_workload", Calls.scale(namespace, "deployment/guarded", -1)));

    assertThat(replies)
        .extracting(Reply::code)
        .containsExactly(
            "NOT_FOUND", "BAD_ARGS", "BAD_ARGS", "NOT_FOUND", "HARD_DENY", "NO_CHANGE", "BAD_ARGS");
    assertThat(namespace.generation("guarded")).isEqualTo(1);
  }

  @Test
  void refusesAReplicaSetThatADeploymentOwns() {
    JsonNode sets = api.get(namespace.apps("replicasets?labelSelector=app%3Dguarded"));
    String set = sets.path("items").path(0).path("metadata").path("name").asString("");

    Reply reply = server.call("scale_workload", Calls.scale(namespace, "rs/" + set, 5));

    assertThat(reply.code()).as(reply.text()).isEqualTo("HARD_DENY");
    assertThat(namespace.pods("guarded")).hasSize(1);
  }

  private static void awaitPod(String app) {
    Wait.until(
        "a pod of " + app + " is ready",
        () ->
            namespace.pods(app).stream()
                .anyMatch(pod ->
                    pod.path("status")
                        .path("containerStatuses")
                        .path(0)
                        .path("ready")
                        .asBoolean(false)));
  }

  /// A StatefulSet's pods keep their names, so it is their UIDs that tell.
  private static List<String> uids(String app) {
    return namespace.pods(app).stream()
        .map(pod -> pod.path("metadata").path("uid").asString(""))
        .toList();
  }

  private static String texts(List<Reply> replies) {
    return String.join("\n", replies.stream().map(Reply::text).toList());
  }
}
