package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The workloads of a namespace: how they are doing, and what one of them uses.
final class Workloads {
  /// The built-in kinds.
  static final List<String> BUILT_IN =
      List.of("deployments.apps", "statefulsets.apps", "daemonsets.apps");

  private static final Set<String> BUILT_IN_KINDS =
      Set.of("Deployment", "StatefulSet", "DaemonSet");

  private Workloads() {}

  /// Whether a workload, as `Kind/name`, is of one of the built-in kinds, so that [#all] holds it.
  static boolean builtIn(String workload) {
    int slash = workload.indexOf('/');
    return slash > 0 && BUILT_IN_KINDS.contains(workload.substring(0, slash));
  }

  /// All of the built-in kinds.
  static List<ObjectNode> all(Inquiry inquiry) {
    return BUILT_IN.stream().flatMap(kind -> inquiry.list(kind).stream()).toList();
  }

  /// How many want pods, and how many of them have fewer ready.
  static Crowd crowd(Inquiry inquiry) {
    List<WorkloadStates.Count> counts =
        all(inquiry).stream()
            .map(WorkloadStates::count)
            .filter(count -> count.wanted() > 0)
            .toList();
    return new Crowd(
        counts.size(), (int) counts.stream().filter(WorkloadStates.Count::unhealthy).count());
  }

  /// What the workload's pods use.
  static Usage usage(Inquiry inquiry, TargetObjects target) {
    if (inquiry.served("pods.metrics.k8s.io").isEmpty()) {
      throw new Unseen("metrics.k8s.io is not served");
    }
    Set<String> pods = pods(inquiry, target);
    List<Usage.PodUsage> measured = new ArrayList<>();
    for (ObjectNode metrics : inquiry.list("pods.metrics.k8s.io")) {
      if (pods.contains(Ref.name(metrics))) {
        measured.add(usage(metrics));
      }
    }
    return new Usage(measured);
  }

  private static Set<String> pods(Inquiry inquiry, TargetObjects target) {
    Set<String> names = new HashSet<>();
    ObjectNode workload = target.workload().object();
    if (workload.path("kind").asString("").equals("Pod")) {
      names.add(Ref.name(workload));
    } else {
      inquiry.list("pods", target.podSelector()).forEach(pod -> names.add(Ref.name(pod)));
    }
    return names;
  }

  private static Usage.PodUsage usage(JsonNode metrics) {
    long cpu = 0;
    long memory = 0;
    for (JsonNode container : metrics.path("containers")) {
      cpu += Quantities.thousandths(container.path("usage").path("cpu").asString("0"));
      memory += Quantities.units(container.path("usage").path("memory").asString("0"));
    }
    return new Usage.PodUsage(Ref.name(metrics), cpu, memory);
  }
}
