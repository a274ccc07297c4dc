package io.github.kubewicket.server.catalogue;

import io.github.kubewicket.policy.Explanation;
import io.github.kubewicket.policy.Standing;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Surroundings;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Where tools ask what the gate would say to the caller.
public interface PolicyDesk {
  /// What would happen to a call of a write tool.
  ///
  /// @param tool the write tool's name
  /// @param arguments its arguments, without `reason` and the like
  Explained explain(String tool, ObjectNode arguments);

  /// What is supposed to be happening around a target, and what the caller's budgets leave.
  ///
  /// @param workload such as `deployment/web`; empty where a pod is named
  /// @param pod the pod's name
  Context context(String namespace, Optional<String> workload, Optional<String> pod);

  /// What would happen.
  sealed interface Explained {
    /// What each guardrail says.
    record Heard(Target target, Explanation explanation) implements Explained {}

    /// The call does not get that far.
    record Refused(Reply reply) implements Explained {}
  }

  /// What is around a target.
  record Context(Target target, Surroundings surroundings, Standing standing) {}
}
