package io.github.kubewicket.policy;

import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.FieldOwner;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.context.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Random calls of a handful of callers on a handful of targets, mostly in quiet surroundings, now
/// and then with something in them that speaks against an act, or that could not be seen.
final class RandomCalls {
  private static final List<Target> TARGETS =
      List.of(
          Calls.workload("Deployment", "web"),
          Calls.workload("Deployment", "api"),
          Calls.workload("bank", "Deployment", "web"),
          Calls.workload("Deployment", "mail"),
          Calls.workload("bank", "Deployment", "api"),
          Calls.workload("StatefulSet", "db"),
          Calls.workload("NetworkPolicy", "web"),
          Calls.workload("kube-system", "Deployment", "dns"),
          Calls.pod("web-1"),
          Calls.pod("web-2"));

  private final RandomGenerator random;

  RandomCalls(RandomGenerator random) {
    this.random = random;
  }

  /// The next call.
  Attempt next(Instant now) {
    Target target = pick(TARGETS);
    int before = random.nextInt(0, 9);
    boolean scales = target.pod().isEmpty() && random.nextInt(3) == 0;
    String tool = scales ? "scale_workload" : "restart_workload";
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("workload", target.workload());
    if (scales) {
      arguments.put("replicas", one(20) ? 30 : Math.max(0, before + random.nextInt(-2, 4)));
    }
    Attempt attempt =
        new Attempt(
                new Caller("stdio:agent-" + random.nextInt(6)),
                target.pod().isPresent() ? "evict_pod" : tool,
                scales ? ChangeClass.SCALE : ChangeClass.RESTART,
                arguments,
                target,
                "It leaks.",
                one(4) ? Optional.of("Alert" + random.nextInt()) : Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty())
            .in(around(now, target, before).seen())
            .observedFor(one(8) ? Duration.ZERO : Duration.ofDays(1));
    return one(3) ? attempt : attempt.afterAnnouncement();
  }

  private Around around(Instant now, Target target, int replicas) {
    Around around = Around.quiet(now, target);
    around.namespace =
        fact(
            around.namespace,
            pick(
                List.of(
                    new NamespaceState(Map.of(), Map.of()),
                    new NamespaceState(Map.of("env", "production"), Map.of()),
                    new NamespaceState(
                        Map.of("env", "test"), Map.of("kubewicket.dev/pause", "moving")),
                    new NamespaceState(
                        Map.of("env", "test"), Map.of("kubewicket.dev/protect", "true")))));
    around.workload = workload(around, now, replicas);
    around.pod =
        fact(
            around.pod,
            Optional.of(
                new PodState(
                    "web-1",
                    Map.of(),
                    now.minus(Duration.ofMinutes(random.nextInt(90))),
                    true,
                    3,
                    Optional.empty(),
                    Optional.of("CrashLoopBackOff"))));
    around.budgets =
        fact(
            around.budgets,
            one(2) ? List.of() : List.of(new DisruptionBudget("web", random.nextInt(2))));
    around.managers =
        fact(
            around.managers,
            List.of(new FieldOwner(pick(List.of(FieldOwner.Kind.values())), "something")));
    around.backups = fact(around.backups, List.of(activity(now)));
    around.deployments = fact(around.deployments, List.of(activity(now)));
    around.incidents = fact(around.incidents, List.of(activity(now)));
    around.crowd = fact(around.crowd, new Crowd(6, random.nextInt(7)));
    around.usage =
        fact(
            Known.of(new Usage(List.of(new Usage.PodUsage("web-1", 100, 6L << 30)))),
            new Usage(List.of(new Usage.PodUsage("web-1", 100, 1L << 30))));
    return around;
  }

  private Known<WorkloadState> workload(Around around, Instant now, int replicas) {
    WorkloadState usual = around.workload.orElse(Around.workload("Deployment", "web", 3));
    WorkloadState quiet = Around.workload(usual.kind(), usual.name(), one(4) ? replicas : 3);
    WorkloadState other =
        new WorkloadState(
            usual.kind(),
            usual.name(),
            one(3) ? Map.of("app.kubernetes.io/name", "kubewicket") : Map.of(),
            Map.of(),
            replicas,
            random.nextInt(4),
            one(2),
            one(2) ? Optional.of(now.minusSeconds(random.nextInt(9_000))) : Optional.empty(),
            one(2) ? Optional.of(now.minusSeconds(random.nextInt(9_000))) : Optional.empty(),
            one(2),
            one(2),
            one(3));
    return fact(Known.of(quiet), other);
  }

  private Activity activity(Instant now) {
    Instant from = now.plusSeconds(random.nextInt(-3_600, 600));
    return new Activity(
        "Job/nightly",
        "test",
        one(2),
        from,
        one(2) ? Optional.of(from.plusSeconds(random.nextInt(4_000))) : Optional.empty(),
        one(2) ? Set.of("Deployment/web") : Set.of());
  }

  /// Mostly what is quiet.
  private <T> Known<T> fact(Known<T> quiet, T other) {
    int dice = random.nextInt(40);
    return dice == 0 ? Known.unknown("forbidden") : dice <= 2 ? Known.of(other) : quiet;
  }

  /// Once in so many times.
  boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  <T> T pick(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
