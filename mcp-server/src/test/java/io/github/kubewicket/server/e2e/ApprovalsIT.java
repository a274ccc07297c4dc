package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Approvals from a person at a terminal, and every way around them.
@RealCluster
class ApprovalsIT {
  @TempDir private static Path folder;
  private static KubeApi api;
  private static TestNamespace namespace;
  private static Installation installation;
  private static Person person;
  private static String key;
  private static ServerProcess server;

  @BeforeAll
  static void deploy() {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "approvals");
    List.of("good", "other", "guarded", "moved", "ruled", "kept", "refused", "own", "bystander")
        .forEach(name -> namespace.deployment(name, 0));
    installation = new Installation(folder, TestCluster.kubeconfig());
    person = new Person(installation);
    key = person.makeKey("on-call");
    installation.policy(Policies.approve(namespace.name(), key));
    server = installation.serve();
  }

  @AfterAll
  static void remove() {
    server.close();
    namespace.close();
  }

  @Test
  void letsExactlyWhatAPersonSawBeDoneOnce() {
    Map<String, Object> call = Calls.scale(namespace, "deployment/good", 1);

    Reply asked = server.call("scale_workload", call);
    int replicasBefore = namespace.replicas("good");
    Person.Screen screen = person.approve(asked.field("requestId"));
    Map<String, Object> approved = Calls.with(call, "approval", asked.field("requestId"));
    Reply done = server.call("scale_workload", approved);
    Reply replayed = server.call("scale_workload", Calls.with(approved, "replicas", 1));
    api.mergePatch(namespace.apps("deployments/good/scale"), "{\"spec\":{\"replicas\":0}}");
    Reply replayedLater = server.call("scale_workload", approved);
    Reply replayedToken =
        server.call("scale_workload", Calls.with(call, "approval", screen.token()));

    assertThat(asked.code()).as(asked.text()).isEqualTo("APPROVAL_REQUIRED");
    assertThat(asked.failed()).isTrue();
    assertThat(asked.field("diff")).contains("+  replicas: 1");
    assertThat(replicasBefore).isZero();
    assertThat(screen.status()).as(screen.text()).isZero();
    assertThat(screen.text())
        .contains("+  replicas: 1", "Deployment/good", "it hangs", "stdio:agent")
        .doesNotContain("correct horse");
    assertThat(done.result()).as(done.text()).isEqualTo("verified");
    assertThat(done.field("approver")).isEqualTo("on-call");
    assertThat(List.of(replayed, replayedLater, replayedToken)).allMatch(Reply::failed);
    assertThat(replayed.code()).isEqualTo("NO_CHANGE");
    assertThat(List.of(replayedLater.code(), replayedToken.code()))
        .containsOnly("APPROVAL_CONSUMED");
    assertThat(namespace.replicas("good")).isZero();
  }

  @Test
  void acceptsTheTokenFromTheScreenAsWell() {
    Map<String, Object> call = Calls.restart(namespace, "deployment/other");
    String id = ask(server, "restart_workload", call);

    String token = person.approve(id).token();
    Reply done = server.call("restart_workload", Calls.with(call, "approval", token));

    assertThat(done.result()).as(done.text()).isEqualTo("verified");
    assertThat(namespace.generation("other")).isEqualTo(2);
  }

  @Test
  void refusesWhatNobodyApprovedAndThenTakesWhatSomebodyDid() {
    Map<String, Object> call = Calls.restart(namespace, "deployment/guarded");
    String id = ask(server, "restart_workload", call);
    Reply early = server.call("restart_workload", Calls.with(call, "approval", id));
    String token = person.approve(id).token();

    String invented =
        server
            .call("restart_workload", Calls.with(call, "approval", "ar_00000000000000000000000000"))
            .code();
    String nonsense = server.call("restart_workload", Calls.with(call, "approval", "yes")).code();
    List<String> edited =
        List.of(edit(token, 0), edit(token, 1), edit(token, 2), unsigned(token)).stream()
            .map(bad -> server.call("restart_workload", Calls.with(call, "approval", bad)).code())
            .toList();
    String retargeted =
        server
            .call(
                "restart_workload",
                Calls.with(Calls.restart(namespace, "deployment/bystander"), "approval", token))
            .code();
    String reworded =
        server
            .call(
                "restart_workload",
                Calls.with(Calls.with(call, "reason", "for fun"), "approval", token))
            .code();
    String otherTool =
        server
            .call(
                "scale_workload",
                Calls.with(Calls.scale(namespace, "deployment/guarded", 9), "approval", id))
            .code();
    String foreign;
    try (ServerProcess stranger =
        installation.serve(Map.of("KUBEWICKET_CALLER", "stdio:stranger"))) {
      foreign = stranger.call("restart_workload", Calls.with(call, "approval", token)).code();
    }
    long untouched = namespace.generation("guarded");
    Reply done = server.call("restart_workload", Calls.with(call, "approval", token));

    assertThat(early.code()).isIn("APPROVAL_REQUIRED", "APPROVAL_UNKNOWN");
    assertThat(invented).isEqualTo("APPROVAL_UNKNOWN");
    assertThat(nonsense).isIn("APPROVAL_UNKNOWN", "APPROVAL_INVALID");
    assertThat(edited).containsOnly("APPROVAL_INVALID");
    assertThat(List.of(retargeted, reworded, otherTool, foreign)).containsOnly("DIGEST_MISMATCH");
    assertThat(untouched).isEqualTo(1);
    assertThat(namespace.generation("bystander")).isEqualTo(1);
    assertThat(done.result()).as(done.text()).isEqualTo("verified");
    assertThat(namespace.generation("guarded")).isEqualTo(2);
  }

  @Test
  void refusesWhenTheTargetIsNotWhatThePersonSaw() {
    Map<String, Object> call = Calls.restart(namespace, "deployment/moved");
    String id = ask(server, "restart_workload", call);
    person.approve(id);

    api.mergePatch(namespace.apps("deployments/moved"), "{\"spec\":{\"minReadySeconds\":1}}");
    namespace.awaitAvailable("moved");
    Reply reply = server.call("restart_workload", Calls.with(call, "approval", id));

    assertThat(reply.code()).as(reply.text()).isEqualTo("TARGET_CHANGED");
    assertThat(namespace.generation("moved")).isEqualTo(2);
  }

  @Test
  void survivesARestartAndGoesStaleWithThePolicy(@TempDir Path own) {
    Installation shared = new Installation(own, TestCluster.kubeconfig());
    Person approver = new Person(shared);
    String policy = Policies.approve(namespace.name(), approver.makeKey("on-call"));
    shared.policy(policy);
    Map<String, Object> kept = Calls.scale(namespace, "deployment/kept", 1);
    Map<String, Object> ruled = Calls.scale(namespace, "deployment/ruled", 1);
    String keptId;
    String ruledId;
    try (ServerProcess first = shared.serve()) {
      keptId = ask(first, "scale_workload", kept);
      ruledId = ask(first, "scale_workload", ruled);
      first.kill();
    }

    approver.approve(keptId);
    approver.approve(ruledId);
    Reply done;
    Reply stale;
    try (ServerProcess second = shared.serve()) {
      done = second.call("scale_workload", Calls.with(kept, "approval", keptId));
      shared.policy(policy + "# a comment is a change too\n");
      stale = second.call("scale_workload", Calls.with(ruled, "approval", ruledId));
    }

    assertThat(done.result()).as(done.text()).isEqualTo("verified");
    assertThat(stale.code()).as(stale.text()).isEqualTo("POLICY_CHANGED");
    assertThat(namespace.replicas("ruled")).isZero();
  }

  @Test
  void obeysARejectionARevocationAndAWrongPassphrase() {
    Map<String, Object> one = Calls.scale(namespace, "deployment/refused", 1);
    Map<String, Object> two = Calls.scale(namespace, "deployment/refused", 2);
    Map<String, Object> three = Calls.scale(namespace, "deployment/refused", 3);
    String rejected = ask(server, "scale_workload", one);
    String revoked = ask(server, "scale_workload", two);
    String mistyped = ask(server, "scale_workload", three);

    person.reject(rejected);
    person.approve(revoked);
    person.revoke(revoked);
    Person.Screen wrong = person.approve(mistyped, "correct horse");
    List<String> codes =
        List.of(
            server.call("scale_workload", Calls.with(one, "approval", rejected)).code(),
            server.call("scale_workload", Calls.with(two, "approval", revoked)).code(),
            server.call("scale_workload", Calls.with(three, "approval", mistyped)).code());

    assertThat(codes.subList(0, 2)).containsExactly("APPROVAL_REJECTED", "APPROVAL_REVOKED");
    assertThat(codes.get(2)).isIn("APPROVAL_REQUIRED", "APPROVAL_UNKNOWN");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(namespace.replicas("refused")).isZero();
  }

  @Test
  void takesNoApprovalWithoutATerminalOrFromTheRequester() {
    Map<String, Object> call = Calls.restart(namespace, "deployment/own");
    String id = ask(server, "restart_workload", call);

    Installation.Ran piped = installation.run("approve", id);
    Installation.Ran pipedKey = installation.run("key", "new", "--name", "agent");
    Reply after = server.call("restart_workload", Calls.with(call, "approval", id));

    assertThat(piped.status()).isEqualTo(1);
    assertThat(piped.err()).contains("terminal");
    assertThat(pipedKey.status()).isEqualTo(1);
    assertThat(after.code()).isIn("APPROVAL_REQUIRED", "APPROVAL_UNKNOWN");
    assertThat(namespace.generation("own")).isEqualTo(1);
  }

  @Test
  void takesNoApprovalFromTheOneWhoAsked(@TempDir Path own) {
    Installation alone = new Installation(own, TestCluster.kubeconfig());
    Person self = new Person(alone);
    alone.policy(Policies.approve(namespace.name(), self.makeKey("on-call"), "stdio:agent"));
    Map<String, Object> call = Calls.restart(namespace, "deployment/own");

    try (ServerProcess mine = alone.serve()) {
      String id = ask(mine, "restart_workload", call);
      Person.Screen screen = self.approve(id);
      Reply reply = mine.call("restart_workload", Calls.with(call, "approval", id));

      assertThat(screen.status()).as(screen.text()).isEqualTo(1);
      assertThat(reply.failed()).isTrue();
      assertThat(namespace.generation("own")).isEqualTo(1);
    }
  }

  /// Asks for a change that waits for a person.
  ///
  /// @return the request's id
  private static String ask(ServerProcess server, String tool, Map<String, Object> call) {
    Reply asked = server.call(tool, call);
    assertThat(asked.code()).as(asked.text()).isEqualTo("APPROVAL_REQUIRED");
    return asked.field("requestId");
  }

  /// The token with another character in the middle of one of its parts.
  private static String edit(String token, int part) {
    String[] parts = token.split("\\.");
    int at = parts[part].length() / 2;
    char other = parts[part].charAt(at) == 'A' ? 'B' : 'A';
    parts[part] = parts[part].substring(0, at) + other + parts[part].substring(at + 1);
    return String.join(".", parts);
  }

  private static String unsigned(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }
}
