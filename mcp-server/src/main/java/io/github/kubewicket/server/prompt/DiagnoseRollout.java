package io.github.kubewicket.server.prompt;

import io.github.kubewicket.server.offer.Prompt;
import io.github.kubewicket.server.offer.PromptArgument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Why does a rollout not finish?
final class DiagnoseRollout implements Runbook {
  @Override
  public Prompt prompt() {
    return new Prompt(
        "diagnose_rollout",
        "Diagnose a failing rollout",
        "Find out, by looking only, why a rollout does not finish, and who has to do what.",
        List.of(
            new PromptArgument("namespace", "Namespace", "The workload's namespace", true),
            new PromptArgument(
                "workload", "Workload", "Kind and name, such as deployment/web", true)));
  }

  @Override
  public Set<String> needs() {
    return Set.of("get_resource", "list_resources");
  }

  @Override
  public Map<String, Argument> arguments() {
    return Map.of("namespace", Argument.NAMESPACE, "workload", Argument.WORKLOAD);
  }

  @Override
  public String text(Map<String, String> given, Predicate<String> has) {
    String workload = given.getOrDefault("workload", "");
    String cluster = given.getOrDefault("cluster", "");
    String kind = workload.substring(0, workload.indexOf('/'));
    String name = workload.substring(workload.indexOf('/') + 1);
    return """
    The rollout of `%s` in %s does not finish. Find the cause.

    %s
    Look in this order, and stop as soon as the cause is proven:
    %s
    Stop and hand over to a person when: two looks contradict each other; a tool answers FORBIDDEN, or
    twice CLUSTER_UNAVAILABLE or TIMEOUT; the cause lies outside of this namespace (nodes, quota,
    registry, network, storage); data may be at risk; or 15 calls have not shown the cause.

    Answer in this form, at most 20 lines:
    - Cause: one sentence. Confidence: high, medium or low.
    - Evidence: up to five lines, each with the tool and the object it came from, and the time.
    - What changed: image, configuration, limits or surroundings, and since when.
    - Smallest remedy, and whose it is. A restart mends no template: propose one only where the
      evidence says that the template is right.
    - Not seen: what you could not look at.
    """
        .formatted(
            workload,
            Rules.place(given.getOrDefault("namespace", ""), cluster),
            Rules.text(cluster),
            steps(kind, name, has));
  }

  private static Steps steps(String kind, String name, Predicate<String> has) {
    return new Steps(has)
        .with(
            "get_resource",
            """
            get_resource (kind %s, name %s): compare metadata.generation with status.observedGeneration,
            spec.replicas with the updated, ready and available ones, and read the conditions
            (Progressing False with ProgressDeadlineExceeded; ReplicaFailure; Available). If it is
            complete and available by now, say so and stop.\
            """
                .formatted(kind, name))
        .with(
            "get_context",
            """
            get_context (workload %s/%s): an incident, a running backup, another rollout or a freeze may
            be the reason to wait; an autoscaler or GitOps owner means that the remedy belongs to
            its source, not here; recentChanges names what was done through Kubewicket.\
            """
                .formatted(kind, name))
        .with(
            "list_resources",
            """
            list_resources (kind pods, labelSelector from spec.selector): take the youngest pods. No new
            pods at all: look for quota or admission in the events of the workload and its ReplicaSet.\
            """)
        .with(
            "list_events",
            """
            list_events (kind and name of one such pod, then of the workload): FailedScheduling means
            room, taints, affinity or a volume; ErrImagePull the image's name or its pull secret;
            CreateContainerConfigError a ConfigMap or Secret key that is missing (names only, values
            are never shown); Unhealthy a probe; FailedCreate quota or an admission webhook.\
            """)
        .with(
            "get_logs",
            """
            get_logs (target pod/NAME; previous true after a crash, container for an init container):
            only for pods that started. Exit code 137 with OOMKilled is the memory limit, 137 without
            it a kill by the probe or the node; anything else is in the last lines.\
            """)
        .step(
            """
            Compare with the revision that worked: list_resources (kind replicasets), then get_resource
            with path spec.template of the newest and of the one before. Name what differs.\
            """);
  }
}
