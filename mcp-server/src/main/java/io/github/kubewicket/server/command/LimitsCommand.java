package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.limit.Scope;
import io.github.kubewicket.server.cluster.Untrusted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Shows all budgets and what is left of them. It asks the ledger, not the cluster.
@Command(
    name = "limits",
    description = "Show every budget: its limit, what is used and left, and when it is free again.",
    mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {
  private static final String ROW = "%-26s %-8s %5s %5s  %-24s %s";

  @ParentCommand private @Nullable Kubewicket kubewicket;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "Only this namespace, its workloads and pods, and what spans namespaces.")
  private @Nullable String namespace;

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(kubewicket);
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      return switch (wiring.policies().get()) {
        case Loaded.Invalid(var problems) -> {
          System.err.println(
              "kubewicket: tools.yaml does not load, so nothing may be written: "
                  + problems.getFirst());
          yield 1;
        }
        case Loaded.Valid(Policy policy) -> {
          List<Limits.Line> lines =
              wiring
                  .ledger()
                  .read(view -> Limits.of(policy.budgets(), view, Optional.ofNullable(namespace)));
          parent
              .out()
              .println(ROW.formatted("BUDGET", "LIMIT", "USED", "LEFT", "NEXT SLOT FREES", "OF"));
          lines.forEach(line -> parent.out().println(row(line)));
          yield 0;
        }
      };
    }
  }

  private static String row(Limits.Line line) {
    return ROW.formatted(
            line.budget().name(),
            line.budget().limit(),
            line.used(),
            line.left(),
            line.next().map(Instant::toString).orElse("-"),
            line.key().map(key -> shown(line.budget().scope(), key)).orElse("-"))
        .stripTrailing();
  }

  /// A key without the cluster's UID where there is more to tell.
  private static String shown(Scope scope, String key) {
    String text = scope == Scope.CALLER ? key : key.substring(key.indexOf('/') + 1);
    return Untrusted.line(text, 300);
  }
}
