package io.github.kubewicket.server.tools;

import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.tools.policy.ExplainPolicy;
import io.github.kubewicket.server.tools.policy.GetContext;
import io.github.kubewicket.server.tools.read.DescribeKind;
import io.github.kubewicket.server.tools.read.GetLogs;
import io.github.kubewicket.server.tools.read.GetResource;
import io.github.kubewicket.server.tools.read.ListEvents;
import io.github.kubewicket.server.tools.read.ListResources;
import io.github.kubewicket.server.tools.workload.EvictPod;
import io.github.kubewicket.server.tools.workload.RestartWorkload;
import io.github.kubewicket.server.tools.workload.ScaleWorkload;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every tool there is. A new tool is a class, a test beside it, and a line here.
public final class Tools {
  private Tools() {}

  /// In the order in which `tools/list` names them.
  ///
  /// @param clock tells how long ago things happened
  public static Catalogue all(InstantSource clock) {
    return new Catalogue(
        List.of(
            new ListResources(),
            new GetResource(clock),
            new GetLogs(clock),
            new ListEvents(clock),
            new DescribeKind(),
            new GetContext(),
            new ExplainPolicy(),
            new RestartWorkload(),
            new ScaleWorkload(),
            new EvictPod()));
  }

  /// The kinds that each write tool can change, where they are known beforehand; `scale_workload`
  /// takes every kind that has a scale subresource.
  public static Map<String, Set<String>> kinds() {
    return Map.of(
        "restart_workload", Set.of("Deployment", "StatefulSet", "DaemonSet"),
        "evict_pod", Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"));
  }
}
