package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.condition.CelConditions;
import io.github.kubewicket.policy.condition.Conditions;
import io.github.kubewicket.policy.config.KnownTools;
import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.config.PolicyFile;
import io.github.kubewicket.policy.config.PolicySource;
import io.github.kubewicket.policy.guard.Checks;
import io.github.kubewicket.policy.ledger.CheckpointSink;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.ledger.SqliteLedger;
import io.github.kubewicket.policy.ledger.StateDirectory;
import io.github.kubewicket.policy.settings.ClusterSettings;
import io.github.kubewicket.policy.window.CalendarCopies;
import io.github.kubewicket.policy.window.WindowCheck;
import io.github.kubewicket.server.calendar.HttpCalendars;
import io.github.kubewicket.server.call.Announcements;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.Undertakings;
import io.github.kubewicket.server.call.WritePath;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.change.Instances;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.UnderWay;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.change.WayBackWalk;
import io.github.kubewicket.server.cluster.ClusterLocation;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.people.Notifiers;
import io.github.kubewicket.server.tools.Tools;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Builds everything, top to bottom. What costs time to make, or needs the disk or the network, is
/// made at its first use.
final class Wiring implements AutoCloseable {
  private final Places places;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Catalogue catalogue = Tools.all(clock);
  private final Conditions conditions = new CelConditions();
  private final CalendarCopies calendars =
      new CalendarCopies(new HttpCalendars(), clock, task -> Thread.ofVirtual().start(task));
  private final Supplier<Loaded> policies;
  private final Lazily<SqliteLedger> ledger;
  private final Instances instances;
  private final UnderWay underWay = new UnderWay();

  /// Wires the parts that every command needs; nothing is opened yet.
  ///
  /// @param checkpoints where signed checkpoints go besides the ledger
  Wiring(Places places, CheckpointSink checkpoints) {
    this.places = places;
    this.policies = policies(places, catalogue, conditions);
    this.ledger =
        new Lazily<>(
            () -> new SqliteLedger(new StateDirectory(places.state()), clock, random, checkpoints));
    this.instances = new Instances(places.state(), instanceName(random));
  }

  /// The clusters that the policy names, or the one that is found here; nothing is connected yet.
  /// While the policy does not load, those of the last one that did.
  Clusters clusters(ClusterLocation usual) {
    AtomicReference<List<ClusterSettings>> good = new AtomicReference<>(List.of());
    return new Clusters(
        () -> {
          if (policies.get() instanceof Loaded.Valid(Policy policy)) {
            good.set(policy.clusters());
          }
          return good.get();
        },
        usual,
        Version.current(),
        clock);
  }

  /// The call path of a server on these clusters.
  CallPath calls(Clusters clusters) {
    return calls(clusters, ServedClusters.Terms.NONE);
  }

  /// The call path of a server on these clusters, with these terms for its callers.
  CallPath calls(Clusters clusters, ServedClusters.Terms terms) {
    return calls(clusters, terms, gate());
  }

  /// Where an operator asks what the gate would say to a caller on a cluster. Nothing is recorded,
  /// and no server announced.
  ///
  /// @param name of the cluster; empty where there is only one
  PolicyDesk desk(Clusters clusters, String name, Caller caller) {
    return calls(clusters, ServedClusters.Terms.NONE, new Lazily<>(this::onlooker))
        .desk(name, caller);
  }

  private CallPath calls(Clusters clusters, ServedClusters.Terms terms, Supplier<Gate> gate) {
    Announcements announcements =
        new Announcements(new Notifiers(() -> gate.get().guardrails().notifier()));
    Undertakings undertakings =
        new Undertakings(
            gate,
            new Verification(clock, Thread::sleep),
            new WayBackWalk(gate, clock),
            () -> gate.get().guardrails().verify(),
            underWay,
            announcements);
    return new CallPath(
        catalogue,
        policies,
        new ServedClusters(clusters, terms, clock, random),
        new WritePath(
            gate,
            settler(gate),
            undertakings,
            announcements,
            clock,
            Thread::sleep));
  }

  /// Settles what an earlier process left open in this cluster, where there is anything: quietly,
  /// since the cluster may be away.
  void settleLeftOvers(Connection cluster) {
    if (Files.exists(new StateDirectory(places.state()).ledger())) {
      settler(gate()).settle(cluster::workbench);
    }
  }

  private Settler settler(Supplier<Gate> gate) {
    return new Settler(this::ledger, gate, underWay, instances::alive, instances.own());
  }

  private Supplier<Gate> gate() {
    return new Lazily<>(() -> {
      instances.announce();
      record(startup());
      Gate gate = onlooker();
      gate.noteRules();
      return gate;
    });
  }

  private Gate onlooker() {
    if (policies.get() instanceof Loaded.Valid(Policy policy)) {
      calendars.prepare(policy.guardrails().windows());
    }
    return new Gate(policies, ledger(), checks(), new Ids(random), clock, instances.own());
  }

  private Checks checks() {
    return new Checks(conditions, new WindowCheck(calendars));
  }

  private void record(ObjectNode startup) {
    Entry unused = ledger().write(tx -> tx.append(EntryType.STARTUP, startup));
  }

  private ObjectNode startup() {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("instance", instances.own())
            .put("version", Version.current());
    if (policies.get() instanceof Loaded.Valid(Policy policy)) {
      body.put("policy", policy.digest());
    }
    return body;
  }

  Ledger ledger() {
    return ledger.get();
  }

  Supplier<Loaded> policies() {
    return policies;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Places places() {
    return places;
  }

  InstantSource clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }

  /// Waits for changes under way, then closes what was opened.
  ///
  /// @return whether none was left
  boolean finish(Duration atMost) throws InterruptedException {
    return underWay.awaitNone(atMost);
  }

  @Override
  public void close() {
    ledger.ifMade(SqliteLedger::close);
    instances.close();
  }

  /// The caller on standard input: the operating system's user, unless the operator names it
  /// otherwise.
  static Caller stdioCaller(Map<String, String> environment) {
    String user = System.getProperty("user.name", "unknown");
    return new Caller(environment.getOrDefault("KUBEWICKET_CALLER", "stdio:" + user));
  }

  static KnownTools known(Catalogue catalogue) {
    return new KnownTools(catalogue.readTools(), catalogue.writeTools(), Tools.kinds());
  }

  /// Reads policies over these tools, conditions included; every command reads them as the server
  /// does.
  static PolicyFile loader(Catalogue catalogue) {
    return new PolicyFile(known(catalogue), new CelConditions());
  }

  private static Supplier<Loaded> policies(
      Places places, Catalogue catalogue, Conditions conditions) {
    PolicyFile loader = new PolicyFile(known(catalogue), conditions);
    return places
            .config()
            .map(file -> PolicySource.file(loader, file))
            .map(PolicySource.class::cast)
            .orElseGet(
                () -> PolicySource.fixed(PolicyFile.readOnly(List.copyOf(catalogue.readTools()))))
        ::current;
  }

  private static String instanceName(SecureRandom random) {
    return ("p" + ProcessHandle.current().pid() + "-" + Long.toHexString(random.nextLong()))
        .toLowerCase(Locale.ROOT);
  }
}
