package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.e2e.FaultyProxy.Fault;
import io.github.kubewicket.server.e2e.FaultyProxy.Step;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kills the server, or cuts its connection, at each step of a restart, and looks what the next one
/// makes of it: the intent is settled by what the object shows, the budget counts it, and nothing
/// is done twice.
@RealCluster
class CrashIT {
  private static final String ONE_AN_HOUR =
      "pod: 100/1h, workload: 1/1h, namespace: 100/1h, cluster: 100/1h, caller: 100/1h";

  private static KubeApi api;
  private static TestNamespace namespace;
  private static int deployments;

  @TempDir private Path folder;
  private String workload;
  private Installation installation;
  private LedgerReader ledger;

  @BeforeAll
  static void makeRoom() {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "crash");
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @BeforeEach
  void deploy() {
    workload = "web-" + deployments++;
    namespace.deployment(workload, 0);
    namespace.awaitAvailable(workload);
    installation =
        new Installation(folder, TestCluster.kubeconfig())
            .policy(Policies.auto(namespace.name(), "60s", ONE_AN_HOUR));
    ledger = new LedgerReader(installation);
  }

  @Test
  void leavesNothingBehindWhenItDiesDuringTheDryRun() {
    killAt(Step.DRY_RUN, Fault.HOLD_REQUEST);

    try (ServerProcess next = installation.serve()) {
      long untouched = namespace.generation(workload);
      int intents = ledger.entries("intent").size();
      Reply now = next.call("restart_workload", call());

      assertThat(untouched).isEqualTo(1);
      assertThat(intents).isZero();
      assertThat(now.result()).as(now.text()).isEqualTo("verified");
    }
  }

  @ParameterizedTest(name = "killed at {0}, {1}: {2}")
  @CsvSource({
    "ACT,          HOLD_REQUEST, not_applied, 1",
    "ACT,          HOLD_ANSWER,  verified,    2",
    "VERIFICATION, HOLD_REQUEST, verified,    2",
  })
  void settlesWhatItFindsWhenItDies(Step step, Fault fault, String result, int generation) {
    killAt(step, fault);
    namespace.awaitAvailable(workload);
    int intents = ledger.entries("intent").size();
    List<String> before = ledger.results();

    try (ServerProcess next = installation.serve()) {
      Wait.until("the intent is settled", () -> next.stderr().contains("settled as"));
      Reply again = next.call("restart_workload", call());

      assertThat(intents).isEqualTo(1);
      assertThat(before).isEmpty();
      assertThat(ledger.results()).containsExactly(result);
      assertThat(again.code()).as(again.text()).isEqualTo("COOLDOWN_WORKLOAD");
      assertThat(namespace.generation(workload)).isEqualTo(generation);
      assertThat(ledger.verify().out()).startsWith("whole: ");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"CUT_REQUEST, not_applied, 1", "CUT_ANSWER, verified, 2"})
  void neverSendsAgainWhenTheConnectionIsCut(Fault fault, String result, int generation) {
    try (FaultyProxy proxy = new FaultyProxy(api).trap(Step.ACT, fault);
        ServerProcess server = installation.through(proxy.kubeconfig(folder)).serve()) {
      Reply unclear = server.call("restart_workload", call());
      namespace.awaitAvailable(workload);
      List<String> acts = List.copyOf(proxy.acts());
      List<String> before = ledger.results();
      Reply again = server.call("restart_workload", call());

      assertThat(unclear.result()).as(unclear.text()).isEqualTo("unknown");
      assertThat(unclear.failed()).isTrue();
      assertThat(acts).hasSize(1);
      assertThat(before).isEmpty();
      assertThat(again.code()).as(again.text()).isEqualTo("COOLDOWN_WORKLOAD");
      assertThat(ledger.results()).containsExactly(result);
      assertThat(namespace.generation(workload)).isEqualTo(generation);
    }
  }

  @Test
  void finishesWhatIsUnderWayWhenItIsAskedToEnd() {
    namespace.deployment(workload + "-slow", 1, Manifests.slow());
    namespace.awaitAvailable(workload + "-slow");

    try (ServerProcess server = installation.serve()) {
      CompletableFuture<Reply> call =
          server.begin(
              "restart_workload", Calls.restart(namespace, "deployment/" + workload + "-slow"));
      Wait.until("it is done", () -> namespace.generation(workload + "-slow") == 2);
      server.terminate();
      Reply reply = ServerProcess.await(call);

      assertThat(reply.result()).as(reply.text()).isEqualTo("verified");
      assertThat(server.status()).isZero();
    }
    assertThat(ledger.results()).containsExactly("verified");
  }

  private void killAt(Step step, Fault fault) {
    try (FaultyProxy proxy = new FaultyProxy(api).trap(step, fault);
        ServerProcess server = installation.through(proxy.kubeconfig(folder)).serve()) {
      var unused = server.begin("restart_workload", call());
      proxy.awaitSprung();
      server.kill();
    }
  }

  private java.util.Map<String, Object> call() {
    return Calls.restart(namespace, "deployment/" + workload);
  }
}
