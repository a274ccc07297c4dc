package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.LedgerException;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// Looks at everything that Kubewicket needs, and says what to do about what is wrong.
@Command(
    name = "doctor",
    description = "Check Java, policy, state folder, kubeconfig, cluster and permissions.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int JAVA = 25;

  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(kubewicket);
    Places places = parent.places();
    List<Finding> findings = new ArrayList<>();
    try (Wiring wiring = new Wiring(places, CheckpointSink.none())) {
      findings.add(java());
      findings.addAll(PolicyExam.of(places, Wiring.loader(wiring.catalogue())));
      findings.add(state(wiring));
      Clusters clusters = options.clusters(wiring);
      Optional<String> mistake =
          options.name().flatMap(name -> ClusterOptions.mistake(clusters, Optional.of(name)));
      mistake.ifPresent(it -> findings.add(Finding.fail("cluster", it)));
      for (Connection cluster : clusters.all()) {
        if (options.name().isEmpty() || options.name().get().equals(cluster.name())) {
          findings.addAll(ClusterExam.of(cluster, wiring.policies().get()));
        }
      }
    }
    findings.forEach(finding -> parent.out().println(finding.line()));
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL) ? 1 : 0;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return feature >= JAVA
        ? Finding.ok("java", "version " + Runtime.version() + ".")
        : Finding.fail("java", "version " + feature + " runs; install JDK " + JAVA + ".");
  }

  private static Finding state(Wiring wiring) {
    try {
      long entries = wiring.ledger().read(view -> view.last().map(last -> last.seq()).orElse(0L));
      return Finding.ok(
          "state", wiring.places().shelf().name() + ": the ledger has " + entries + " entries.");
    } catch (LedgerException e) {
      return Finding.fail(
          "state", e.getMessage() + " Nothing can be written to the cluster until it is mended.");
    }
  }
}
