package io.github.kubewicket.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.approval.ChangeRequest;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.guard.Finding;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An agent's calls through the real gate, as the call path makes them, in surroundings that are
/// quiet but for what a test puts into them.
final class Calls {
  static final String AGENT = "stdio:agent";
  static final Target WEB = GateFixture.target();

  final GateFixture fixture;
  private final Gate gate;

  Calls(GateFixture fixture) {
    this.fixture = fixture;
    this.gate = fixture.gate();
  }

  /// A call of the tool on the target, with one thing about its surroundings changed.
  Attempt call(String tool, Target target, Consumer<Around> with) {
    Around around = Around.quiet(fixture.clock.instant(), target);
    with.accept(around);
    ObjectNode arguments =
        JsonNodeFactory.instance
            .objectNode()
            .put("namespace", target.namespace())
            .put("workload", target.workload());
    return new Attempt(
            new Caller(AGENT),
            tool,
            tool.equals("scale_workload") ? ChangeClass.SCALE : ChangeClass.RESTART,
            arguments,
            target,
            "It leaks.",
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty())
        .in(around.seen());
  }

  Attempt restart() {
    return restart(WEB);
  }

  Attempt restart(Target target) {
    return restart(target, _ -> {});
  }

  Attempt restart(Consumer<Around> with) {
    return restart(WEB, with);
  }

  Attempt restart(Target target, Consumer<Around> with) {
    return call("restart_workload", target, with);
  }

  Attempt evict(Consumer<Around> with) {
    return call("evict_pod", pod("web-1"), with);
  }

  /// A call to scale the target from so many replicas to so many.
  Attempt scale(Target target, int from, int to) {
    return scale(target, from, to, _ -> {});
  }

  Attempt scale(Target target, int from, int to, Consumer<Around> with) {
    String[] workload = target.workload().split("/", 2);
    Attempt attempt =
        call(
            "scale_workload",
            target,
            around -> {
              around.workload = Known.of(Around.workload(workload[0], workload[1], from));
              with.accept(around);
            });
    attempt.arguments().put("replicas", to);
    return attempt;
  }

  /// The same call, carrying an approval.
  static Attempt with(String approval, Attempt it) {
    return new Attempt(
        it.caller(),
        it.tool(),
        it.changeClass(),
        it.arguments(),
        it.target(),
        it.reason(),
        it.trigger(),
        it.confidence(),
        Optional.of(approval),
        it.surroundings(),
        it.observed(),
        it.announced());
  }

  /// The same call by another caller.
  static Attempt by(String caller, Attempt it) {
    return new Attempt(
        new Caller(caller),
        it.tool(),
        it.changeClass(),
        it.arguments(),
        it.target(),
        it.reason(),
        it.trigger(),
        it.confidence(),
        it.approval(),
        it.surroundings(),
        it.observed(),
        it.announced());
  }

  static Target workload(String kind, String name) {
    return workload("shop", kind, name);
  }

  static Target workload(String namespace, String kind, String name) {
    return new Target(
        "cluster-1",
        "apps/v1",
        kind,
        namespace,
        name,
        "uid-" + namespace + "-" + name,
        1,
        "sha256:spec",
        Map.of("app", name),
        kind + "/" + name,
        Optional.empty());
  }

  static Target pod(String name) {
    return new Target(
        "cluster-1",
        "v1",
        "Pod",
        "shop",
        name,
        "uid-" + name,
        0,
        "sha256:pod",
        Map.of("app", "web"),
        "Deployment/web",
        Optional.of(name));
  }

  /// A fact about the workload, changed.
  static WorkloadState since(WorkloadState it, Optional<Instant> available, Optional<Instant> at) {
    return new WorkloadState(
        it.kind(),
        it.name(),
        it.labels(),
        it.annotations(),
        it.replicas(),
        it.ready(),
        it.rolloutComplete(),
        available,
        at,
        it.readinessProbes(),
        it.livenessProbes(),
        it.persistentVolumes());
  }

  /// Something that goes on from then to then, in the whole namespace.
  static Known<List<Activity>> activity(boolean predicted, String from, String until) {
    return Known.of(
        List.of(
            new Activity(
                "Job/nightly",
                "test",
                predicted,
                Instant.parse(from),
                Optional.of(Instant.parse(until)),
                Set.of())));
  }

  Verdict run(Attempt attempt) {
    return run(gate, attempt);
  }

  /// Screens and decides, with a preview that says what the target has now.
  static Verdict run(Gate gate, Attempt attempt) {
    return switch (gate.screen(attempt)) {
      case Gate.Screening.Refused(Denial denial) -> new Verdict.Deny(denial);
      case Gate.Screening.Fit fit ->
          gate.decide(attempt, preview(attempt, fit.plannedAt()), fit.plannedAt());
    };
  }

  static Preview preview(Attempt attempt, Instant plannedAt) {
    Preview usual = GateFixture.preview(plannedAt);
    int replicas = attempt.surroundings().workload().map(WorkloadState::replicas).orElse(0);
    return new Preview(
        usual.verb(),
        usual.path(),
        usual.contentType(),
        usual.bodyHash(),
        usual.diff(),
        usual.diffHash(),
        usual.postSpecHash(),
        JsonNodeFactory.instance.objectNode().put("replicasBefore", replicas),
        usual.wayBack(),
        usual.warnings());
  }

  /// The refusal of a call that has to be refused.
  Denial denied(Attempt attempt) {
    Verdict verdict = run(attempt);
    assertThat(verdict).isInstanceOf(Verdict.Deny.class);
    return ((Verdict.Deny) verdict).denial();
  }

  Reason code(Attempt attempt) {
    return denied(attempt).code();
  }

  /// The request of a call that has to wait for a person.
  ChangeRequest waits(Attempt attempt) {
    Verdict verdict = run(attempt);
    assertThat(verdict).isInstanceOf(Verdict.Wait.class);
    return ((Verdict.Wait) verdict).request();
  }

  /// Why a call, which its rule would let through, has to wait for a person.
  List<Reason> because(Attempt attempt) {
    Verdict verdict = run(attempt);
    assertThat(verdict).isInstanceOf(Verdict.Wait.class);
    return ((Verdict.Wait) verdict).because().stream().map(Finding.Ceiling::reason).toList();
  }

  /// The permit of a call that has to be let through.
  Permit allowed(Attempt attempt) {
    Verdict verdict = run(attempt);
    assertThat(verdict).isInstanceOf(Verdict.Allow.class);
    return ((Verdict.Allow) verdict).permit();
  }

  /// Lets a call be done, and ends it so.
  void done(Attempt attempt, Outcome.Result result) {
    settle(allowed(attempt), result);
  }

  void settle(Permit permit, Outcome.Result result) {
    gate.settle(permit.changeId(), new Outcome(result, "x", JsonNodeFactory.instance.objectNode()));
  }

  Gate gate() {
    return gate;
  }

  /// Lets time go by.
  void pass(Duration time) {
    fixture.clock.advance(time);
  }

  /// Writes what a person's command writes.
  Entry person(EntryType type, String subject) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("subject", subject)
            .put("by", "a person")
            .put("reason", "a migration");
    return fixture.ledger.write(tx -> tx.append(type, body));
  }

  /// The policy with these lines besides those it has.
  void policy(String text) {
    fixture.policy = fixture.load(text);
  }
}
