package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.rules.Requirement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Well understood changes that a rule can name instead of spelling them out. What the rule itself
/// says about tools, kinds and environments takes the place of what stands here; its conditions are
/// added.
// Its collections are made by Set.of and List.of.
@SuppressWarnings("ImmutableEnumChecker")
enum Preset {
  /// Pods of a Deployment with at least two replicas that crash again and again, outside of
  /// production.
  CRASH_LOOP_EVICTION(
      "evict_pod",
      Set.of(Environment.OTHER),
      List.of(
          requirement(
              "pod.waiting == \"CrashLoopBackOff\"",
              "The pod does not wait in CrashLoopBackOff.",
              Duration.ofSeconds(60)),
          requirement(
              "workload.replicas >= 2",
              "The workload has fewer than two replicas.",
              Duration.ZERO))),
  /// Deployments whose pods keep nothing on disk.
  STATELESS_RESTART(
      "restart_workload",
      Set.of(),
      List.of(
          requirement(
              "!workload.persistentVolumes",
              "The workload's pods mount PersistentVolumeClaims.",
              Duration.ZERO))),
  /// More replicas of a Deployment, never fewer.
  SCALE_OUT(
      "scale_workload",
      Set.of(),
      List.of(
          requirement(
              "args.replicas > workload.replicas",
              "It asks for no more replicas than there are.",
              Duration.ZERO)));

  private final String tool;
  private final Set<Environment> environments;
  private final List<Requirement> require;

  Preset(String tool, Set<Environment> environments, List<Requirement> require) {
    this.tool = tool;
    this.environments = environments;
    this.require = require;
  }

  /// The preset of this name, such as `scale-out`.
  static Optional<Preset> named(String word) {
    return Arrays.stream(values()).filter(preset -> preset.word().equals(word)).findFirst();
  }

  /// Its name as the file spells it.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Set<String> tools() {
    return Set.of(tool);
  }

  Set<String> kinds() {
    return Set.of("Deployment");
  }

  /// Where it speaks; empty for everywhere.
  Set<Environment> environments() {
    return environments;
  }

  /// Its conditions, as if they stood in this line.
  List<Requirement> require(int line) {
    return require.stream()
        .map(it ->
            new Requirement(it.expression(), it.code(), it.message(), it.sustainedFor(), line))
        .toList();
  }

  private static Requirement requirement(String expression, String message, Duration sustained) {
    return new Requirement(
        expression, Reason.PRECONDITION_FALSE, Optional.of(message), sustained, 0);
  }
}
