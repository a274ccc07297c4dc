package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two server processes that share a state directory race for what is left of a budget. What counts
/// is what the cluster shows in the end.
@RealCluster
class BudgetRaceIT {
  private static final int WORKLOADS = 8;

  private static TestNamespace namespace;

  @BeforeAll
  static void deploy() {
    namespace = TestNamespace.create(KubeApi.connect(), "race");
    workloads().forEach(name -> namespace.deployment(name, 0));
    workloads().forEach(name -> namespace.awaitAvailable(name));
  }

  @AfterAll
  static void remove() {
    namespace.close();
  }

  @Test
  void letsExactlyTheBudgetThroughAndNotOneMore(@TempDir Path folder) {
    Installation installation =
        new Installation(folder, TestCluster.kubeconfig())
            .policy(
                Policies.auto(
                    namespace.name(),
                    "60s",
                    "pod: 9/1h, workload: 1/1h, namespace: 3/1h, cluster: 9/1h, caller: 9/1h"));

    List<Reply> replies = new ArrayList<>();
    try (ServerProcess one = installation.serve();
        ServerProcess two = installation.serve()) {
      List<CompletableFuture<Reply>> calls = new ArrayList<>();
      for (String name : workloads()) {
        for (ServerProcess server : List.of(one, two)) {
          calls.add(
              server.begin("restart_workload", Calls.restart(namespace, "deployment/" + name)));
        }
      }
      calls.forEach(call -> replies.add(ServerProcess.await(call)));
    }

    long restarts = workloads().stream().mapToLong(name -> namespace.generation(name) - 1).sum();
    LedgerReader ledger = new LedgerReader(installation);
    assertThat(restarts).isEqualTo(3);
    assertThat(replies).filteredOn(reply -> reply.result().equals("verified")).hasSize(3);
    assertThat(replies)
        .filteredOn(Reply::failed)
        .hasSize(2 * WORKLOADS - 3)
        .extracting(Reply::code)
        .isSubsetOf("RATE_NAMESPACE", "COOLDOWN_WORKLOAD", "LOCKED")
        .contains("RATE_NAMESPACE");
    assertThat(ledger.results()).containsExactly("verified", "verified", "verified");
    assertThat(ledger.verify().status()).isZero();
  }

  private static List<String> workloads() {
    return IntStream.range(0, WORKLOADS).mapToObj(i -> "web-" + i).toList();
  }
}
