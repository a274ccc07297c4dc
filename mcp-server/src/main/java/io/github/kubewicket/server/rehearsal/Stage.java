package io.github.kubewicket.server.rehearsal;

import io.github.kubewicket.demo.DemoCluster;
import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.window.CalendarAddress;
import io.github.kubewicket.policy.window.CalendarCopies;
import io.github.kubewicket.policy.window.WindowCheck;
import io.github.kubewicket.server.call.Announcements;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.ClusterDesk;
import io.github.kubewicket.server.call.ClusterDesks;
import io.github.kubewicket.server.call.Undertakings;
import io.github.kubewicket.server.call.WritePath;
import io.github.kubewicket.server.catalogue.Bound;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.UnderWay;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.change.WayBackWalk;
import io.github.kubewicket.server.change.Workbench;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.context.SurroundingsReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Everything that a server has, built for one case: the server's own classes over an in-memory
/// cluster, a ledger in a folder of its own, and a clock that stands still. Only nothing is sent,
/// and nobody is told.
final class Stage implements AutoCloseable {
  private static final String INSTANCE = "rehearsal";

  private final StageClock clock;
  private final Catalogue catalogue;
  private final Policy policy;
  private final Conditions conditions;
  private final Ids ids;
  private final DemoCluster cluster;
  private final SqliteLedger ledger;
  private final Workbench workbench;
  private final SurroundingsReader reader;
  private final Gate gate;
  private final CallPath calls;

  /// @param name the cluster's name in the policy; empty where it names none
  /// @param at the moment of the objects
  /// @param state an empty folder
  Stage(
      String name,
      Catalogue catalogue,
      Policy policy,
      Conditions conditions,
      List<ObjectNode> objects,
      Instant at,
      Path state,
      SecureRandom random) {
    this.catalogue = catalogue;
    this.policy = policy;
    this.conditions = conditions;
    this.clock = new StageClock(at);
    this.ids = new Ids(random);
    this.cluster = DemoCluster.holding(clock, random, objects);
    Connection connection =
        Connection.direct(name, cluster.uri(), cluster.token(), INSTANCE, clock);
    this.workbench = new DryWorkbench(connection.workbench());
    this.reader = new SurroundingsReader(new StillView(connection.view()), clock);
    this.ledger = new SqliteLedger(new StateDirectory(state), clock, random, CheckpointSink.none());
    Supplier<Loaded> policies = () -> new Loaded.Valid(policy);
    CalendarCopies calendars = new CalendarCopies(CalendarAddress.none(), clock, Runnable::run);
    Checks checks = new Checks(conditions, new WindowCheck(calendars));
    this.gate = new Gate(policies, ledger, checks, ids, clock, INSTANCE);
    this.calls =
        new CallPath(
            catalogue,
            policies,
            ClusterDesks.only(ClusterDesk.of(connection::view, () -> workbench, reader::read)),
            writes());
  }

  private WritePath writes() {
    Announcements announcements =
        new Announcements(message -> policy.guardrails().notifier().isConfigured());
    UnderWay underWay = new UnderWay();
    Verification.Pause pause = clock::advance;
    Undertakings undertakings =
        new Undertakings(
            () -> gate,
            new Verification(clock, pause),
            new WayBackWalk(() -> gate, clock),
            () -> policy.guardrails().verify(),
            underWay,
            announcements);
    return new WritePath(
        () -> gate,
        new Settler(() -> ledger, () -> gate, underWay, _ -> false, INSTANCE),
        undertakings,
        announcements,
        pause);
  }

  /// A call, its change in hand.
  record Taken(Change change, Attempt attempt) {}

  /// Takes a call in hand without asking the gate.
  ///
  /// @throws UnplayableException where its arguments do not fit
  /// @throws io.github.kubewicket.server.cluster.ClusterException where its target is not there
  Taken take(Scenario.Call call) throws UnplayableException {
    Tool tool = catalogue.find(call.tool()).orElseThrow();
    if (!(tool instanceof WriteTool<?> write)) {
      throw new UnplayableException(call.tool() + " is no write tool.");
    }
    return take(write, call);
  }

  private <A> Taken take(WriteTool<A> tool, Scenario.Call call) throws UnplayableException {
    return switch (tool.input().bind(call.arguments())) {
      case Bound.Invalid<A>(String message) -> throw new UnplayableException(message);
      case Bound.Ready<A>(A arguments) -> {
        Plan plan = tool.plan(arguments);
        Change change = workbench.take(plan);
        Attempt attempt =
            new Attempt(
                    new Caller(call.caller()),
                    tool.name(),
                    tool.changeClass(),
                    call.arguments().deepCopy(),
                    change.target(),
                    plan.why().reason(),
                    plan.why().trigger(),
                    plan.why().confidence(),
                    plan.why().approval())
                .in(reader.read(change.target(), policy.guardrails().context()));
        yield new Taken(change, attempt);
      }
    };
  }

  StageClock clock() {
    return clock;
  }

  Policy policy() {
    return policy;
  }

  Conditions conditions() {
    return conditions;
  }

  Ids ids() {
    return ids;
  }

  Ledger ledger() {
    return ledger;
  }

  Gate gate() {
    return gate;
  }

  CallPath calls() {
    return calls;
  }

  @Override
  public void close() {
    ledger.close();
    cluster.close();
  }
}
