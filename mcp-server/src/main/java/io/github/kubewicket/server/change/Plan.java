package io.github.kubewicket.server.change;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What a write tool was asked to do, before the cluster is asked: an exact name, never a selector.
public sealed interface Plan {
  /// The namespace of the target.
  String namespace();

  /// Why, in the agent's words.
  Why why();

  /// Restart a workload's pods by its own controller.
  record Restart(String namespace, WorkloadRef workload, Why why) implements Plan {}

  /// Set a workload's replicas.
  ///
  /// @param onlyFrom where present, the change is refused unless the workload has this many
  ///   replicas now
  record Scale(String namespace, WorkloadRef workload, int replicas, OptionalInt onlyFrom, Why why)
      implements Plan {}

  /// Evict one pod.
  record Evict(String namespace, String pod, Why why) implements Plan {}

  /// A workload by kind and name, as `deployment/web`.
  ///
  /// @param kind as the agent wrote it: any name that kubectl knows
  /// @param name the exact name
  record WorkloadRef(String kind, String name) {}

  /// What the agent says about it; untrusted text.
  ///
  /// @param reason required, at most 1,000 characters
  /// @param trigger the alert or signal
  /// @param confidence 0 to 1
  /// @param approval a request id or an approval token
  record Why(
      String reason,
      Optional<String> trigger,
      OptionalDouble confidence,
      Optional<String> approval) {}
}
