package io.github.kubewicket.policy.condition;

import io.github.kubewicket.policy.Attempt;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.Usage;
import io.github.kubewicket.policy.context.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A pod of the shop that leaks memory at 14:00, as conditions see it. Each method gives the same
/// scene with one thing changed.
record Scene(
    Known<WorkloadState> workload,
    Known<Optional<PodState>> pod,
    Known<NamespaceState> namespace,
    Known<Usage> usage,
    Known<Crowd> crowd,
    Known<List<Activity>> backups,
    ObjectNode object,
    ObjectNode arguments,
    Environment environment,
    Instant now) {
  private static final Instant AFTERNOON = Instant.parse("2026-11-23T14:00:00Z");
  private static final JsonMapper JSON = JsonMapper.shared();

  static Scene leak() {
    return new Scene(
        Known.of(
            new WorkloadState(
                "Deployment",
                "web",
                Map.of("app", "web"),
                Map.of("team", "shop"),
                3,
                2,
                true,
                Optional.of(AFTERNOON.minusSeconds(600)),
                Optional.empty(),
                true,
                true,
                false)),
        Known.of(Optional.of(pod(AFTERNOON.minusSeconds(7_200)))),
        Known.of(new NamespaceState(Map.of("env", "staging"), Map.of())),
        Known.of(
            new Usage(
                List.of(
                    new Usage.PodUsage("web-1", 250, 6L << 30),
                    new Usage.PodUsage("web-2", 900, 7L << 30)))),
        Known.of(new Crowd(10, 1)),
        Known.of(List.of()),
        object("{\"kind\":\"Pod\",\"spec\":{\"priority\":3,\"node\":null},\"list\":[1,2,3]}"),
        object("{\"pod\":\"web-1\",\"grace\":30}"),
        Environment.OTHER,
        AFTERNOON);
  }

  static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json);
  }

  static PodState pod(Instant created) {
    return new PodState(
        "web-1", Map.of(), created, false, 4, Optional.empty(), Optional.of("CrashLoopBackOff"));
  }

  Scene withWorkload(Known<WorkloadState> it) {
    return new Scene(
        it, pod, namespace, usage, crowd, backups, object, arguments, environment, now);
  }

  Scene withPod(Known<Optional<PodState>> it) {
    return new Scene(
        workload, it, namespace, usage, crowd, backups, object, arguments, environment, now);
  }

  Scene withUsage(Known<Usage> it) {
    return new Scene(
        workload, pod, namespace, it, crowd, backups, object, arguments, environment, now);
  }

  Scene withBackups(Known<List<Activity>> it) {
    return new Scene(
        workload, pod, namespace, usage, crowd, it, object, arguments, environment, now);
  }

  Scene withObject(ObjectNode it) {
    return new Scene(
        workload, pod, namespace, usage, crowd, backups, it, arguments, environment, now);
  }

  Scene withObject(String json) {
    return withObject(object(json));
  }

  Scene in(Environment it) {
    return new Scene(workload, pod, namespace, usage, crowd, backups, object, arguments, it, now);
  }

  /// As conditions are asked about it.
  Inputs inputs() {
    boolean aboutPod = pod instanceof Known.Seen<Optional<PodState>>(var seen) && seen.isPresent();
    Target target =
        new Target(
            "cluster-1",
            aboutPod ? "v1" : "apps/v1",
            aboutPod ? "Pod" : "Deployment",
            "shop",
            aboutPod ? "web-1" : "web",
            "uid-1",
            1,
            "sha256:0",
            Map.of("app", "web"),
            "Deployment/web",
            aboutPod ? Optional.of("web-1") : Optional.empty());
    Attempt attempt =
        new Attempt(
                new Caller("stdio:ada"),
                "evict_pod",
                ChangeClass.RESTART,
                arguments,
                target,
                "it leaks",
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty())
            .in(
                new Surroundings(
                    now,
                    namespace,
                    workload,
                    pod,
                    Known.of(List.of()),
                    Known.of(List.of()),
                    backups,
                    Known.of(List.of()),
                    Known.of(List.of()),
                    crowd,
                    usage,
                    Known.of(List.of()),
                    object,
                    object));
    return new Inputs(attempt, environment, now);
  }
}
