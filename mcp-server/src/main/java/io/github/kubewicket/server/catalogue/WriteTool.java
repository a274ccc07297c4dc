package io.github.kubewicket.server.catalogue;

import io.github.kubewicket.policy.ChangeClass;
import io.github.kubewicket.server.change.Plan;

/// A tool that describes a change. It cannot make it.
///
/// @param <A> the record of its arguments
public non-sealed interface WriteTool<A> extends Tool {
  @Override
  Input<A> input();

  /// The class whose budgets it uses.
  ChangeClass changeClass();

  /// What the arguments ask for, before the cluster is asked.
  Plan plan(A arguments);
}
