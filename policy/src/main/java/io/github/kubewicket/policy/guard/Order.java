package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.window.Windows;
import java.util.List;

/// Every guardrail, in the order in which they are asked: cheap and absolute first.
public final class Order {
  private Order() {}

  /// Those that need no rule.
  static List<Guard> absolute() {
    return List.of(
        new PausedGuard(),
        new FrozenGuard(),
        new CallerGuard(),
        new ScopeGuard(),
        new NeverGuard(),
        new ProtectedGuard());
  }

  /// Those that hold for whatever rule speaks.
  ///
  /// @param windows tells which windows are open
  static List<Guard> ofRules(Windows windows) {
    return List.of(
        new TierGuard(),
        new RequirementGuard(),
        new WindowGuard(windows),
        new BackupGuard(),
        new DeploymentGuard(),
        new IncidentGuard(),
        new ProductionGuard(),
        new StatefulGuard(),
        new ScaleGuard(),
        new OwnerGuard(),
        new LastReplicaGuard(),
        new DisruptionGuard(),
        new StormGuard(),
        new WorkloadsGuard(),
        new AttemptGuard(),
        new NoveltyGuard(),
        new NativeHealingGuard(),
        new PodAgeGuard(),
        new BudgetGuard(),
        new ExternalRestartGuard(),
        new LockGuard());
  }
}
