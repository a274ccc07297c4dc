package io.github.kubewicket.policy;

import io.github.kubewicket.policy.approval.ApproverKey;
import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.approval.Decisions;
import io.github.kubewicket.policy.approval.RequestBook;
import io.github.kubewicket.policy.condition.CelConditions;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.KnownTools;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.config.PolicyFile;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.window.Calendars;
import io.github.kubewicket.policy.window.WindowCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A gate over a real policy text and a real ledger file, with a person who has a real key.
final class GateFixture implements AutoCloseable {
  static final KnownTools TOOLS =
      new KnownTools(
          Set.of("list_resources"), Set.of("restart_workload", "scale_workload", "evict_pod"));
  private static final String PASSPHRASE = "correct horse battery";

  final ManualClock clock = ManualClock.at("2026-01-02T03:04:05Z");
  final Path directory;
  final SqliteLedger ledger;
  final Ids ids = new Ids(new SecureRandom());
  final ApproverKey key;
  Loaded policy;

  final Conditions conditions = new CelConditions();
  private final Checks checks = new Checks(conditions, new WindowCheck(Calendars.none()));

  GateFixture(Path directory, String rules) {
    this.directory = directory;
    this.ledger = open();
    this.key = key("on-call");
    this.policy = load(rules);
  }

  /// A second connection to the same file, as another process has it.
  SqliteLedger open() {
    return new SqliteLedger(
        new StateDirectory(directory.resolve("state")),
        clock,
        new SecureRandom(),
        CheckpointSink.none());
  }

  ApproverKey key(String name) {
    Path file = directory.resolve(name + ".pem");
    ApproverKey.create(file, PASSPHRASE.toCharArray(), new SecureRandom());
    return switch (ApproverKey.open(file, PASSPHRASE.toCharArray())) {
      case ApproverKey.Opened.Usable(ApproverKey opened) -> opened;
      case ApproverKey.Opened.WrongPassphrase(String message) ->
          throw new IllegalStateException(message);
      case ApproverKey.Opened.Refused(String message) -> throw new IllegalStateException(message);
    };
  }

  Loaded load(String rules) {
    String text =
        """
        apiVersion: kubewicket.dev/v1
        approvers:
          - name: on-call
            key: %s
            principals: [stdio:boss]
        """
                .formatted(key.publicKey().text())
            + rules;
    return new PolicyFile(TOOLS, conditions)
        .load("tools.yaml", (text + quiet(rules)).getBytes(StandardCharsets.UTF_8));
  }

  /// Guardrails that a test does not speak of let its acts through.
  private static String quiet(String rules) {
    return """
    novelty: off
    blastRadius: {workloadsPerIncident: 100}
    """
        .lines()
        .filter(line -> !rules.contains(line.substring(0, line.indexOf(':') + 1)))
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  Policy policy() {
    return switch (policy) {
      case Loaded.Valid(Policy valid) -> valid;
      case Loaded.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
    };
  }

  Gate gate() {
    return gate(ledger);
  }

  Gate gate(Ledger store) {
    return gate(store, clock, "p1-test");
  }

  /// The gate of a process that has a clock and a name of its own.
  Gate gate(Ledger store, InstantSource time, String instance) {
    return new Gate(() -> policy, store, checks, ids, time, instance);
  }

  static Target target() {
    return target("web", "uid-web", 7, "sha256:spec");
  }

  static Target target(String name, String uid, long generation, String specHash) {
    return new Target(
        "cluster-1",
        "apps/v1",
        "Deployment",
        "shop",
        name,
        uid,
        generation,
        specHash,
        Map.of("app", name),
        "Deployment/" + name,
        Optional.empty());
  }

  static Attempt attempt(Target target, Optional<String> approval) {
    return attempt("stdio:agent", "restart_workload", target, "It leaks.", approval);
  }

  static Attempt attempt(
      String caller, String tool, Target target, String reason, Optional<String> approval) {
    ObjectNode arguments =
        JsonNodeFactory.instance
            .objectNode()
            .put("namespace", target.namespace())
            .put("workload", "deployment/" + target.name())
            .put("reason", reason);
    return new Attempt(
            new Caller(caller),
            tool,
            ChangeClass.RESTART,
            arguments,
            target,
            reason,
            Optional.empty(),
            OptionalDouble.empty(),
            approval)
        .in(Around.quiet(Instant.EPOCH, target).seen());
  }

  static Preview preview(Instant plannedAt) {
    return preview(plannedAt, "sha256:diff");
  }

  static Preview preview(Instant plannedAt, String diffHash) {
    return new Preview(
        "PATCH",
        "/apis/apps/v1/namespaces/shop/deployments/web",
        "application/merge-patch+json",
        "sha256:" + plannedAt.getEpochSecond(),
        "-old\n+new",
        diffHash,
        "sha256:after",
        JsonNodeFactory.instance.objectNode().put("podsNow", 3),
        new WayBack.Convergent(),
        List.of());
  }

  /// Screens and decides as the call path does.
  Verdict run(Attempt attempt) {
    return run(gate(), attempt);
  }

  static Verdict run(Gate gate, Attempt attempt) {
    return switch (gate.screen(attempt)) {
      case Gate.Screening.Refused(Denial denial) -> new Verdict.Deny(denial);
      case Gate.Screening.Fit fit ->
          gate.decide(attempt, preview(fit.plannedAt()), fit.plannedAt());
    };
  }

  /// Asks for the restart and returns the request that waits.
  ChangeRequest ask() {
    return ((Verdict.Wait) run(attempt(target(), Optional.empty()))).request();
  }

  /// Plays the person.
  String approve(ChangeRequest request) {
    return approve(request, key);
  }

  /// Plays a person with this key.
  String approve(ChangeRequest request, ApproverKey signer) {
    return switch (new Decisions(ledger, ids).approve(request, policy(), signer, "terminal")) {
      case Decisions.Result.Recorded(Optional<String> token) -> token.orElseThrow();
      case Decisions.Result.Refused(String message) -> throw new IllegalStateException(message);
    };
  }

  List<ChangeRequest> open(SqliteLedger store) {
    return store.read(RequestBook::open);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
