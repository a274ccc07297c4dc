package io.github.kubewicket.server.offer;

import io.github.kubewicket.policy.Caller;
import java.util.List;
import java.util.Map;

/// The prompts. They ask the cluster nothing.
public interface Prompts {
  /// Those of use to this caller, in a stable order.
  List<Prompt> list(Caller caller);

  /// One of them, filled in. Never throws.
  PromptAnswer get(Caller caller, String name, Map<String, String> arguments);
}
