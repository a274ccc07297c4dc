package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Gate;
import io.github.kubewicket.policy.Ids;
import io.github.kubewicket.policy.Reason;
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
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.window.CalendarCopies;
import io.github.kubewicket.policy.window.WindowCheck;
import io.github.kubewicket.server.calendar.HttpCalendars;
import io.github.kubewicket.server.call.Announcements;
import io.github.kubewicket.server.call.CallPath;
import io.github.kubewicket.server.call.MeasuredCalls;
import io.github.kubewicket.server.call.Undertakings;
import io.github.kubewicket.server.call.WritePath;
import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.PolicyDesk;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.change.Instances;
import io.github.kubewicket.server.change.Settler;
import io.github.kubewicket.server.change.UnderWay;
import io.github.kubewicket.server.change.Verification;
import io.github.kubewicket.server.change.WayBackWalk;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterLocation;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.completion.ClusterCompletions;
import io.github.kubewicket.server.identity.Challenges;
import io.github.kubewicket.server.identity.Identities;
import io.github.kubewicket.server.identity.TokenBook;
import io.github.kubewicket.server.offer.Offers;
import io.github.kubewicket.server.people.Notifiers;
import io.github.kubewicket.server.prompt.RunbookPrompts;
import io.github.kubewicket.server.protocol.ListWatch;
import io.github.kubewicket.server.protocol.OfferedSurface;
import io.github.kubewicket.server.protocol.RequestState;
import io.github.kubewicket.server.resource.OfferedResources;
import io.github.kubewicket.server.tools.Tools;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Builds everything, top to bottom. What costs time to make, or needs the disk or the network, is
/// made at its first use.
final class Wiring implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final Places places;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Catalogue catalogue = Tools.all(clock);
  private final Conditions conditions = new CelConditions();
  private final CalendarCopies calendars =
      new CalendarCopies(new HttpCalendars(), clock, task -> Thread.ofVirtual().start(task));
  private final Supplier<Loaded> policies;
  private final Lazily<Ledger> ledger;
  private final Instances instances;
  private final UnderWay underWay = new UnderWay();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timer").factory());
  private volatile @Nullable Policy good;

  /// Wires the parts that every command needs; nothing is opened yet.
  ///
  /// @param checkpoints where signed checkpoints go besides the ledger
  Wiring(Places places, CheckpointSink checkpoints) {
    this.places = places;
    this.policies = policies(places, catalogue, conditions);
    this.ledger = new Lazily<>(() -> places.shelf().ledger(clock, random, checkpoints));
    this.instances = places.shelf().instances(instanceName(random));
  }

  /// The clusters that the policy names, or the one that is found here; nothing is connected yet.
  /// While the policy does not load, those of the last one that did.
  Clusters clusters(ClusterLocation usual) {
    return new Clusters(
        () -> good().map(Policy::clusters).orElse(List.of()), usual, Version.current(), clock);
  }

  /// What a server on this cluster serves.
  Served served(Clusters clusters) {
    CallPath calls = calls(clusters);
    MeasuredCalls measured = new MeasuredCalls(calls, names());
    return new Served(
        new OfferedSurface(measured, offers(clusters, calls), new ListWatch(timer, LOOK_EVERY)),
        measured);
  }

  private Set<String> names() {
    return catalogue.tools().stream().map(Tool::name).collect(Collectors.toSet());
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /// Seals what clients of 2026-07-28 carry from one request to the next.
  RequestState requestStates() {
    return new RequestState(places.shelf().secret("request states", random), clock);
  }

  /// What the server offers besides tools; `calls` go to these clusters.
  Offers offers(Clusters clusters, CallPath calls) {
    OfferedResources resources =
        new OfferedResources(calls, calls, this::ledgerIfAny, name -> uid(clusters, name), clock);
    return new Offers(
        resources,
        new RunbookPrompts(
            calls::has,
            caller -> calls.several() ? Optional.of(calls.clusters(caller)) : Optional.empty()),
        new ClusterCompletions(calls, resources::changeIds, () -> completed(calls.several())));
  }

  private static Map<String, List<String>> completed(boolean several) {
    Map<String, List<String>> arguments = new HashMap<>(RunbookPrompts.arguments(several));
    arguments.putAll(OfferedResources.variables(several));
    return arguments;
  }

  /// Looking at what was recorded does not begin a ledger.
  private Optional<Ledger> ledgerIfAny() {
    return places.shelf().mayHoldSomething() ? Optional.of(ledger()) : Optional.empty();
  }

  /// Who the cluster with this name is, or the first one where it has none.
  private static String uid(Clusters clusters, String name) {
    return (name.isEmpty() ? clusters.all().stream().findFirst() : clusters.find(name))
        .orElseThrow(() ->
            new ClusterException(
                Reason.BAD_ARGS, "There is no such cluster.", "Use one that tools/list names."))
        .uid();
  }

  /// The call path of a server on these clusters.
  CallPath calls(Clusters clusters) {
    return calls(clusters, new PolicyTerms(this::good));
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
    return calls(clusters, new PolicyTerms(this::good), new Lazily<>(this::onlooker))
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
        new WritePath(gate, settler(gate), undertakings, announcements, Thread::sleep));
  }

  /// Settles what an earlier process left open in this cluster, where there is anything: quietly,
  /// since the cluster may be away.
  void settleLeftOvers(Connection cluster) {
    if (places.shelf().mayHoldSomething()) {
      settler(gate()).settle(cluster::workbench);
    }
  }

  private Settler settler(Supplier<Gate> gate) {
    return new Settler(this::ledger, gate, underWay, instances::alive, instances.own());
  }

  private Supplier<Gate> gate() {
    return new Lazily<>(() -> {
      // The first entry makes the tables where the instances are announced.
      record(startup());
      instances.announce();
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

  /// Finds out who calls over HTTP. Opens and asks nothing yet; the caller closes it.
  ///
  /// @param clusters the first of them knows whose a ServiceAccount's token is
  Identities identities(Clusters clusters) {
    return new Identities(
        this::http,
        this::ledger,
        (token, audience) -> clusters.all().getFirst().tokenReviews().review(token, audience),
        clock);
  }

  /// What callers whom nobody knows are told.
  Challenges challenges() {
    return new Challenges(this::http);
  }

  /// The settings of `http`.
  HttpSettings http() {
    return good().map(Policy::http).orElse(HttpSettings.USUAL);
  }

  /// The policy in force, or the last one that was right while the file is wrong; empty where none
  /// ever was.
  private Optional<Policy> good() {
    if (policies.get() instanceof Loaded.Valid(Policy policy)) {
      good = policy;
    }
    return Optional.ofNullable(good);
  }

  /// The bearer tokens.
  TokenBook tokens() {
    return new TokenBook(ledger(), random);
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
    timer.shutdownNow();
    ledger.ifMade(Ledger::close);
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
