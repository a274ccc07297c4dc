package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.PodState;
import io.github.kubewicket.policy.context.WorkloadState;
import io.github.kubewicket.server.cluster.Revisions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads workloads and pods as guardrails need them.
final class WorkloadStates {
  private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  private WorkloadStates() {}

  /// How many pods a workload wants and has.
  record Count(int wanted, int ready) {
    boolean unhealthy() {
      return wanted > 0 && ready < wanted;
    }
  }

  /// A workload of any kind.
  ///
  /// @param scale its scale subresource, which counts where it is given
  static WorkloadState of(JsonNode object, Optional<? extends JsonNode> scale) {
    Optional<PodTemplate> template = PodTemplate.of(object);
    Count count = scale.map(given -> scaled(object, given)).orElseGet(() -> count(object));
    Map<String, String> labels = new HashMap<>();
    template.ifPresent(pods -> labels.putAll(pods.labels()));
    labels.putAll(Selectors.strings(object.path("metadata").path("labels")));
    return new WorkloadState(
        object.path("kind").asString(""),
        Ref.name(object),
        labels,
        Selectors.strings(object.path("metadata").path("annotations")),
        count.wanted(),
        count.ready(),
        Revisions.complete(object) && (scale.isEmpty() || count.wanted() == count.ready()),
        available(object),
        template
            .map(pods -> pods.metadata().path("annotations").path(RESTARTED_AT))
            .flatMap(Moments::of),
        template.map(pods -> pods.everyContainerHas("readinessProbe")).orElse(false),
        template.map(pods -> pods.everyContainerHas("livenessProbe")).orElse(false),
        template.map(PodTemplate::mountsClaims).orElse(false)
            || !object.path("spec").path("volumeClaimTemplates").isEmpty());
  }

  /// How many pods a workload of a built-in kind wants and has. A Job wants as many as run.
  static Count count(JsonNode object) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    return switch (object.path("kind").asString("")) {
      case "DaemonSet" ->
          new Count(
              status.path("desiredNumberScheduled").asInt(0), status.path("numberReady").asInt(0));
      case "Pod" -> new Count(1, ready(object) ? 1 : 0);
      case "Job" -> same(status.path("active").asInt(0));
      case "CronJob" -> same(status.path("active").size());
      case "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController" ->
          new Count(spec.path("replicas").asInt(1), status.path("readyReplicas").asInt(0));
      default -> throw new Unseen(Ref.of(object) + " does not tell how many pods it wants");
    };
  }

  /// A pod.
  static PodState pod(JsonNode pod) {
    int restarts = 0;
    Optional<Instant> ended = Optional.empty();
    Optional<String> waiting = Optional.empty();
    for (JsonNode container : pod.path("status").path("containerStatuses")) {
      restarts += container.path("restartCount").asInt(0);
      for (String when : Set.of("state", "lastState")) {
        Optional<Instant> end =
            Moments.of(container.path(when).path("terminated").path("finishedAt"));
        if (end.isPresent() && (ended.isEmpty() || end.get().isAfter(ended.get()))) {
          ended = end;
        }
      }
      String why = container.path("state").path("waiting").path("reason").asString("");
      if (!why.isEmpty()) {
        waiting = Optional.of(why);
      }
    }
    return new PodState(
        Ref.name(pod),
        Selectors.strings(pod.path("metadata").path("annotations")),
        Moments.of(pod.path("metadata").path("creationTimestamp"))
            .orElseThrow(() -> new Unseen(Ref.of(pod) + " does not tell when it was created")),
        ready(pod),
        restarts,
        ended,
        waiting);
  }

  private static boolean ready(JsonNode pod) {
    return condition(pod, "Ready").path("status").asString("").equals("True");
  }

  private static Optional<Instant> available(JsonNode object) {
    JsonNode condition = condition(object, "Available");
    return condition.path("status").asString("").equals("True")
        ? Moments.of(condition.path("lastTransitionTime"))
        : Optional.empty();
  }

  /// The condition of this type; missing where there is none.
  static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return object.path("status").path("conditions").path(-1);
  }

  private static Count same(int active) {
    return new Count(active, active);
  }

  private static Count scaled(JsonNode object, JsonNode scale) {
    int there = scale.path("status").path("replicas").asInt(0);
    JsonNode ready = object.path("status").path("readyReplicas");
    return new Count(scale.path("spec").path("replicas").asInt(0), ready.asInt(there));
  }
}
