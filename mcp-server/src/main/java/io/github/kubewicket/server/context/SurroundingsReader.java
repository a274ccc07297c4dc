package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.server.cluster.ClusterView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads what is around a target, from the live cluster and anew at each call. Every fact is on its
/// own: one that cannot be seen is unknown, with a sentence why, and never passes for nothing. Nine
/// seconds are all the time there is.
public final class SurroundingsReader {
  private static final Duration PATIENCE = Duration.ofSeconds(9);
  private static final int SHOWN = 5;
  private static final int MAX_OBJECT_BYTES = 64 << 10;

  private final ClusterView view;
  private final InstantSource clock;
  private final Forecast forecast;
  private final Duration patience;

  /// Asks the cluster nothing yet. When backups are due is worked out from schedules and past runs.
  public SurroundingsReader(ClusterView view, InstantSource clock) {
    this(view, clock, new ScheduleForecast());
  }

  /// The same with another way to tell when backups are due.
  public SurroundingsReader(ClusterView view, InstantSource clock, Forecast forecast) {
    this(view, clock, forecast, PATIENCE);
  }

  SurroundingsReader(ClusterView view, InstantSource clock, Forecast forecast, Duration patience) {
    this.view = view;
    this.clock = clock;
    this.forecast = forecast;
    this.patience = patience;
  }

  /// What is around this target now. Facts that the settings switch off are unknown, and say so;
  /// the target's and the workload's JSON is empty where it could not be seen or is larger than 64
  /// KiB.
  ///
  /// @throws io.github.kubewicket.server.cluster.ClusterException `CANCELLED` only, where the
  ///   calling thread is interrupted
  public Surroundings read(Target target, ContextSettings settings) {
    Instant now = clock.instant();
    Inquiry inquiry = new Inquiry(view, target.namespace());
    TargetObjects objects = new TargetObjects(inquiry, target);
    Managing managing = new Managing(inquiry, objects);
    try (Facts facts = new Facts(patience)) {
      var namespace = facts.ask("namespace", () -> namespace(inquiry));
      var workload = facts.ask("workload", () -> workload(objects));
      var pod = facts.ask("pod", () -> objects.pod().map(WorkloadStates::pod));
      var budgets = facts.ask("disruption budgets", managing::budgets);
      var managers = facts.ask("managers", managing::managers);
      var backups = backups(facts, inquiry, target, settings, now);
      var deployments = deployments(facts, inquiry, target, settings, now);
      var incidents =
          settings.incidents()
              ? List.of(facts.ask("incidents", () -> Incidents.open(inquiry, now)))
              : off(facts, "incidents");
      var crowd = facts.ask("workloads", () -> Workloads.crowd(inquiry));
      var usage = facts.ask("usage", () -> Workloads.usage(inquiry, objects));
      var services = facts.ask("services", managing::services);
      var object = facts.ask("target", objects::object);
      var workloadObject = facts.ask("workload", () -> objects.workload().object());
      return new Surroundings(
          now,
          facts.known(namespace),
          facts.known(workload),
          facts.known(pod),
          facts.known(budgets),
          facts.known(managers),
          all(facts, backups),
          all(facts, deployments),
          all(facts, incidents),
          facts.known(crowd),
          facts.known(usage),
          facts.known(services),
          bounded(facts.known(object)),
          bounded(facts.known(workloadObject)));
    }
  }

  private List<Facts.Asked<List<Activity>>> backups(
      Facts facts, Inquiry inquiry, Target target, ContextSettings settings, Instant now) {
    if (!settings.backups() || settings.backupReach() == Reach.OFF) {
      return off(facts, "backups");
    }
    Concerns concerns = new Concerns(inquiry, target, settings.backupReach());
    JobBackups jobs = new JobBackups(inquiry, settings, concerns, forecast, now);
    OperatorBackups operators = new OperatorBackups(inquiry, concerns, now);
    List<Facts.Asked<List<Activity>>> sources = new ArrayList<>();
    sources.add(facts.ask("jobs", jobs::running));
    if (settings.predictBackups()) {
      sources.add(facts.ask("cronjobs", jobs::predicted));
    }
    for (Callable<List<Activity>> source :
        List.<Callable<List<Activity>>>of(
            operators::snapshots, operators::velero, operators::databases, operators::medusa)) {
      sources.add(facts.ask("backups", source));
    }
    return sources;
  }

  private static List<Facts.Asked<List<Activity>>> deployments(
      Facts facts, Inquiry inquiry, Target target, ContextSettings settings, Instant now) {
    if (settings.deployments() == Reach.OFF) {
      return off(facts, "deployments");
    }
    Deployments deployments = new Deployments(inquiry, target, now);
    List<Facts.Asked<List<Activity>>> sources = new ArrayList<>();
    for (Callable<List<Activity>> source :
        List.<Callable<List<Activity>>>of(
            deployments::rollouts,
            deployments::argoRollouts,
            deployments::argoApplications,
            deployments::flux)) {
      sources.add(facts.ask("deployments", source));
    }
    if (settings.helm()) {
      sources.add(facts.ask("helm releases", deployments::helm));
    }
    return sources;
  }

  private static List<Facts.Asked<List<Activity>>> off(Facts facts, String what) {
    return List.of(
        facts.ask(
            what,
            () -> {
              throw new Unseen(what + ": not looked at, the policy switches it off");
            }));
  }

  /// What all sources tell; unknown as soon as one of them does not, with what the others told.
  private static Known<List<Activity>> all(Facts facts, List<Facts.Asked<List<Activity>>> sources) {
    List<Activity> seen = new ArrayList<>();
    Set<String> unseen = new TreeSet<>();
    for (Facts.Asked<List<Activity>> source : sources) {
      switch (facts.known(source)) {
        case Known.Seen<List<Activity>>(List<Activity> activities) -> seen.addAll(activities);
        case Known.Unknown<List<Activity>>(String why) -> unseen.add(why);
      }
    }
    if (unseen.isEmpty()) {
      return Known.of(
          seen.stream()
              .sorted(Comparator.comparing(Activity::predicted).thenComparing(Activity::what))
              .toList());
    }
    seen.stream().limit(SHOWN).forEach(activity -> unseen.add("seen: " + activity.what()));
    return Known.unknown(String.join("; ", unseen));
  }

  private static NamespaceState namespace(Inquiry inquiry) {
    JsonNode metadata =
        inquiry
            .get(inquiry.named("v1", "Namespace"), Optional.empty(), inquiry.namespace())
            .path("metadata");
    return new NamespaceState(
        Selectors.strings(metadata.path("labels")),
        Selectors.strings(metadata.path("annotations")));
  }

  private static WorkloadState workload(TargetObjects objects) {
    TargetObjects.Workload workload = objects.workload();
    return WorkloadStates.of(workload.object(), objects.scale(workload));
  }

  /// A part of an object would tell conditions that what is missing is not there.
  private static ObjectNode bounded(Known<ObjectNode> known) {
    ObjectNode object = known.orElse(JsonNodeFactory.instance.objectNode());
    return object.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_OBJECT_BYTES
        ? object
        : JsonNodeFactory.instance.objectNode();
  }
}
