package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Untrusted;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks the gate what it would say to a call, check by check, without making it; or what it said to
/// a recorded one, and what it would say to the same now.
///
/// `--json` prints what `explain_policy` answers to agents: `{"decision", "tool", "target", "rule",
/// "code", "message", "retryAfter", "hint", "checks": [{"check", "result", "code", "message"}]}`;
/// for a recorded call `{"then": {...}, "now": the same}`.
@Command(
    name = "explain",
    description = {
      "Say what would happen to a call, check by check, without making it:",
      "  kubewicket policy explain restart_workload -n shop deployment/web",
      "or what was said to a recorded one, and what would be said to the same now:",
      "  kubewicket policy explain --change ch_01…"
    },
    mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {
  @ParentCommand private @Nullable PolicyCommand policy;

  @Parameters(index = "0", arity = "0..1", paramLabel = "TOOL", description = "The write tool.")
  private @Nullable String tool;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "WORKLOAD",
      description = "Kind and name, such as deployment/web.")
  private @Nullable String workload;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace.")
  private @Nullable String namespace;

  @Option(names = "--pod", paramLabel = "POD", description = "The pod, for evict_pod.")
  private @Nullable String pod;

  @Option(names = "--replicas", paramLabel = "N", description = "For scale_workload.")
  private @Nullable Integer replicas;

  @Option(
      names = "--caller",
      paramLabel = "NAME",
      description = "Who calls, such as stdio:agent; default: the one that serve would name.")
  private @Nullable String caller;

  @ArgGroup private @Nullable Recorded recorded;

  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /// Which recorded call; one of them.
  static final class Recorded {
    @Option(names = "--change", paramLabel = "ID", description = "A change, ch_….")
    private @Nullable String change;

    @Option(names = "--request", paramLabel = "ID", description = "A request, ar_….")
    private @Nullable String request;

    @Option(
        names = "--entry",
        paramLabel = "SEQ",
        description = "An entry of the ledger, such as the auditSeq of a refusal.")
    private @Nullable Long entry;

    RecordedCall.Key key() {
      return new RecordedCall.Key(
          Optional.ofNullable(change), Optional.ofNullable(request), Optional.ofNullable(entry));
    }
  }

  @Override
  public Integer call() {
    Kubewicket parent = Parents.of(policy).kubewicket();
    Optional<RecordedCall.Key> key = Optional.ofNullable(recorded).map(Recorded::key);
    if (key.isEmpty() && (tool == null || namespace == null)) {
      System.err.println(
          "kubewicket: name a tool, a namespace (-n) and a workload or --pod; or a recorded call by --change, --request or --entry.");
      return 2;
    }
    try (Wiring wiring = new Wiring(parent.places(), CheckpointSink.none())) {
      Clusters clusters = options.clusters(wiring);
      if (key.isEmpty()) {
        Optional<String> mistake = ClusterOptions.mistake(clusters, options.name());
        if (mistake.isPresent()) {
          System.err.println("kubewicket: " + mistake.get());
          return 2;
        }
        return new Explaining(wiring, clusters, options.name().orElse(""), json, parent.out())
            .call(
                String.valueOf(tool),
                arguments(),
                caller == null ? Wiring.stdioCaller(System.getenv()) : new Caller(caller));
      }
      Optional<RecordedCall> found =
          wiring.ledger().read(view -> RecordedCall.find(key.get(), view));
      if (found.isEmpty()) {
        System.err.println(
            "kubewicket: the ledger in "
                + Untrusted.line(wiring.places().shelf().name(), 1_000)
                + " has no such call; see `kubewicket audit show`.");
        return 1;
      }
      Optional<String> name = options.name().or(found.get()::cluster);
      Optional<String> mistake = ClusterOptions.mistake(clusters, name);
      if (mistake.isPresent()) {
        System.err.println("kubewicket: " + Untrusted.line(mistake.get(), 1_000));
        return 2;
      }
      Explaining explaining = new Explaining(wiring, clusters, name.orElse(""), json, parent.out());
      return explaining.recorded(found.get(), Optional.ofNullable(caller).map(Caller::new));
    }
  }

  private ObjectNode arguments() {
    ObjectNode arguments =
        JsonNodeFactory.instance.objectNode().put("namespace", String.valueOf(namespace));
    if (workload != null) {
      arguments.put("workload", workload);
    }
    if (pod != null) {
      arguments.put("pod", pod);
    }
    if (replicas != null) {
      arguments.put("replicas", replicas);
    }
    return arguments;
  }
}
