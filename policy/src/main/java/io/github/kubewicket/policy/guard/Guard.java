package io.github.kubewicket.policy.guard;

/// One guardrail. It looks at one case and says what it finds; it changes nothing.
public interface Guard {
  /// Its name, for explanations, such as `backups`.
  String name();

  /// What it finds.
  Finding look(Case it);
}
