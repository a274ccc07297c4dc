package io.github.kubewicket.policy;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.FieldOwner;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.context.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Surroundings for tests: quiet ones, in which nothing speaks against an act, and the same with
/// one thing in them that does.
public final class Around {
  /// When they are seen.
  public Instant at;

  /// The namespace.
  public Known<NamespaceState> namespace =
      Known.of(new NamespaceState(Map.of("env", "test"), Map.of()));

  /// The workload.
  public Known<WorkloadState> workload;

  /// The pod.
  public Known<Optional<PodState>> pod = Known.of(Optional.empty());

  /// Its disruption budgets.
  public Known<List<DisruptionBudget>> budgets = Known.of(List.of(new DisruptionBudget("web", 1)));

  /// What else owns it.
  public Known<List<FieldOwner>> managers = Known.of(List.of());

  /// Backups.
  public Known<List<Activity>> backups = Known.of(List.of());

  /// Rollouts.
  public Known<List<Activity>> deployments = Known.of(List.of());

  /// Security incidents.
  public Known<List<Activity>> incidents = Known.of(List.of());

  /// The namespace's workloads.
  public Known<Crowd> crowd = Known.of(new Crowd(5, 1));

  /// What it uses.
  public Known<Usage> usage = Known.unknown("metrics.k8s.io is not served");

  private Around(Instant at, String kind, String name) {
    this.at = at;
    this.workload = Known.of(workload(kind, name, 3));
  }

  /// Nothing speaks against an act.
  public static Around quiet(Instant at, Target target) {
    String[] workload = target.workload().split("/", 2);
    Around around = new Around(at, workload[0], workload[1]);
    around.pod =
        Known.of(
            target
                .pod()
                .map(name ->
                    new PodState(
                        name,
                        Map.of(),
                        at.minus(Duration.ofHours(3)),
                        true,
                        0,
                        Optional.empty(),
                        Optional.empty())));
    return around;
  }

  /// A workload with everything that Kubernetes needs to heal it.
  public static WorkloadState workload(String kind, String name, int replicas) {
    return new WorkloadState(
        kind,
        name,
        Map.of("app", name),
        Map.of(),
        replicas,
        replicas,
        true,
        Optional.empty(),
        Optional.empty(),
        true,
        true,
        false);
  }

  /// As the gate sees them.
  public Surroundings seen() {
    return new Surroundings(
        at,
        namespace,
        workload,
        pod,
        budgets,
        managers,
        backups,
        deployments,
        incidents,
        crowd,
        usage,
        Known.of(List.of()),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode());
  }
}
