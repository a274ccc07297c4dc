package io.github.kubewicket.server.call;

import io.github.kubewicket.policy.context.Crowd;
import io.github.kubewicket.policy.context.DisruptionBudget;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.NamespaceState;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.context.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Surroundings of the fake cluster's Deployment, in which nothing speaks against an act.
final class Quiet {
  private Quiet() {}

  static Surroundings around(Instant at) {
    return new Surroundings(
        at,
        Known.of(new NamespaceState(Map.of("env", "test"), Map.of())),
        Known.of(
            new WorkloadState(
                "Deployment",
                "web",
                Map.of(),
                Map.of(),
                3,
                3,
                true,
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                false)),
        Known.of(Optional.empty()),
        Known.of(List.of(new DisruptionBudget("web", 1))),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(new Crowd(5, 1)),
        Known.unknown("metrics.k8s.io is not served"),
        Known.of(List.of()),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode());
  }
}
