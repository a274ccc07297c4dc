package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What becomes of a change at each tier, under requirements, in shadow, and while tools.yaml does
/// not load: with the real program, a real cluster, and a person at a terminal.
@RealCluster
class TiersIT {
  private static KubeApi api;
  private static TestNamespace namespace;

  @TempDir private Path folder;
  private Installation installation;
  private Person person;
  private Map<String, Object> call;
  private long generation;

  @BeforeAll
  static void deploy() {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "tiers");
    namespace.deployment("web", 0);
    namespace.awaitAvailable("web");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @BeforeEach
  void install() {
    installation = new Installation(folder, TestCluster.kubeconfig());
    person = new Person(installation);
    call = Calls.restart(namespace, "deployment/web");
    generation = namespace.generation("web");
  }

  @Test
  void suggestDoesNothingAndTellsWhatAPersonWouldRun() {
    installation.policy(Policies.rule(namespace.name(), "tier: suggest"));

    Reply reply = ask();

    assertThat(reply.failed()).isTrue();
    assertThat(reply.code()).as(reply.text()).isEqualTo("SUGGESTED");
    assertThat(reply.field("command"))
        .isEqualTo("kubectl -n " + namespace.name() + " rollout restart deployment/web");
    assertThat(reply.field("diff")).contains("restartedAt");
    assertThat(done()).isZero();
  }

  @Test
  void aNewRuleOnlyRecordsWhatItWouldHaveDone() {
    installation.policy(Policies.rule(namespace.name(), "tier: auto"));

    Reply reply = ask();
    Installation.Ran ledger = installation.run("audit", "export");

    assertThat(reply.failed()).isTrue();
    assertThat(reply.code()).as(reply.text()).isEqualTo("RULE_IN_SHADOW");
    assertThat(ledger.out()).contains("\"shadowed\"").doesNotContain("\"intent\"");
    assertThat(done()).isZero();
  }

  @Test
  void notifyTellsPeopleBeforeAndAfterItActs() {
    installation.policy(
        Policies.rule(namespace.name(), "tier: notify", "shadow: off") + notifier(0));

    Reply reply = ask();

    assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
    assertThat(told())
        .extracting(message -> message.path("event").asString(""))
        .containsExactly("about_to_act", "acted");
    assertThat(told().getLast().path("result").asString("")).isEqualTo("verified");
    assertThat(told())
        .allMatch(message -> message.path("agentSays").asString("").equals("it hangs"));
    assertThat(done()).isOne();
  }

  @Test
  void notifyAsksAPersonWhereNobodyCanBeTold() {
    installation.policy(
        Policies.rule(namespace.name(), "tier: notify", "shadow: off")
            + "notify: {webhook: \"http://127.0.0.1:1/nobody-listens\"}\n"
            + Policies.approvers(person.makeKey("on-call")));

    Reply reply = ask();

    assertThat(reply.code()).as(reply.text()).isEqualTo("APPROVAL_REQUIRED");
    assertThat(reply.structured().path("because").toString()).contains("NOTIFIER_DOWN: ");
    assertThat(done()).isZero();
  }

  @Test
  void vetoGoesOnWhenNobodyObjected() {
    installation.policy(Policies.rule(namespace.name(), "tier: veto", "shadow: off") + notifier(3));

    long start = System.nanoTime();
    Reply reply = ask();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
    assertThat(took).isGreaterThan(Duration.ofSeconds(3));
    assertThat(told())
        .extracting(message -> message.path("event").asString(""))
        .containsExactly("held", "acted");
    assertThat(done()).isOne();
  }

  @Test
  void vetoDoesNothingWhereAPersonObjectsMeanwhile() {
    installation.policy(
        Policies.rule(namespace.name(), "tier: veto", "shadow: off") + notifier(15));

    try (ServerProcess server = installation.serve()) {
      CompletableFuture<Reply> held = server.begin("restart_workload", call);
      Wait.until("it is announced", () -> !told().isEmpty());
      Person.Screen rejected = person.reject(told().getFirst().path("requestId").asString(""));
      Reply reply = ServerProcess.await(held);

      assertThat(rejected.status()).as(rejected.text()).isZero();
      assertThat(reply.code()).as(reply.text()).isEqualTo("VETOED");
      assertThat(done()).isZero();
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "workload.replicas == 0 && !production  | verified",
        "workload.replicas > 5                  | PRECONDITION_FALSE",
        "usage.memoryBytes > 0                  | PRECONDITION_UNKNOWN",
        "workload.labels['no-such-label'] == '' | PRECONDITION_UNKNOWN",
      })
  void actsOnlyWhereWhatTheRuleRequiresIsTrue(String condition, String end) {
    installation.policy(
        Policies.rule(
            namespace.name(), "tier: auto", "shadow: off", "require: [\"" + condition + "\"]"));

    Reply reply = ask();

    assertThat(reply.code() + reply.result()).as(reply.text()).isEqualTo(end);
    assertThat(done()).isEqualTo(end.equals("verified") ? 1 : 0);
  }

  @Test
  void watchesForAsLongAsTheRuleWantsItsRequirementsToHold() {
    installation.policy(
        Policies.rule(
            namespace.name(),
            "tier: auto",
            "shadow: off",
            "require: [{expr: workload.replicas == 0, sustainedFor: 2s}]"));

    long start = System.nanoTime();
    Reply reply = ask();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
    assertThat(took).isGreaterThan(Duration.ofSeconds(2));
    assertThat(done()).isOne();
  }

  @Test
  void actsOnlyAfterTwoPeopleHaveApproved() {
    String keys = Policies.approvers(person.makeKey("on-call-1"), person.makeKey("on-call-2"));
    installation.policy(Policies.rule(namespace.name(), "tier: approve", "approvals: 2") + keys);

    try (ServerProcess server = installation.serve()) {
      String id = server.call("restart_workload", call).field("requestId");
      Map<String, Object> approved = Calls.with(call, "approval", id);
      Person.Screen first = person.approveWith(id, "on-call-1");
      Reply afterOne = server.call("restart_workload", approved);
      Person.Screen again = person.approveWith(id, "on-call-1");
      Reply afterOneTwice = server.call("restart_workload", approved);
      Person.Screen second = person.approveWith(id, "on-call-2");
      long before = done();
      Reply afterTwo = server.call("restart_workload", approved);

      assertThat(first.status()).as(first.text()).isZero();
      assertThat(afterOne.code()).as(afterOne.text()).isEqualTo("QUORUM_MISSING");
      assertThat(again.status()).as(again.text()).isEqualTo(1);
      assertThat(afterOneTwice.code()).as(afterOneTwice.text()).isEqualTo("QUORUM_MISSING");
      assertThat(second.status()).as(second.text()).isZero();
      assertThat(before).isZero();
      assertThat(afterTwo.result()).as(afterTwo.text()).isEqualTo("verified");
      assertThat(done()).isOne();
    }
  }

  @Test
  void closesWritesWhileToolsYamlIsBrokenAndOpensThemWhenItIsMended() {
    String good = Policies.rule(namespace.name(), "tier: auto", "shadow: off");
    installation.policy(good);

    try (ServerProcess server = installation.serve()) {
      List<String> tools = server.tools();
      installation.policy(good.replace("tier: auto", "tier: autp"));
      Reply closed = server.call("restart_workload", call);
      Reply read =
          server.call("list_resources", Map.of("kind", "pods", "namespace", namespace.name()));
      long meanwhile = done();
      installation.policy(good);
      Reply open = server.call("restart_workload", call);

      assertThat(tools).contains("restart_workload");
      assertThat(closed.code()).as(closed.text()).isEqualTo("POLICY_INVALID");
      assertThat(closed.text()).contains("tools.yaml:", "autp");
      assertThat(read.failed()).as(read.text()).isFalse();
      assertThat(meanwhile).isZero();
      assertThat(open.result()).as(open.text()).isEqualTo("verified");
    }
  }

  /// Asks a server of its own for the restart.
  private Reply ask() {
    try (ServerProcess server = installation.serve()) {
      return server.call("restart_workload", call);
    }
  }

  /// How often it was restarted in this test.
  private long done() {
    return namespace.generation("web") - generation;
  }

  private String notifier(int hold) {
    return "notify: {file: \"%s\", hold: %ds}\n".formatted(messages(), hold);
  }

  private Path messages() {
    return folder.resolve("people.jsonl");
  }

  private List<JsonNode> told() {
    try {
      return Files.exists(messages())
          ? Files.readAllLines(messages()).stream()
              .map(line -> KubeApi.JSON.readTree(line))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
