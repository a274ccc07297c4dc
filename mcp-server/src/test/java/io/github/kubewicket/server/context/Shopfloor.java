package io.github.kubewicket.server.context;

import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.context.Activity;
import io.github.kubewicket.policy.context.Known;
import io.github.kubewicket.policy.context.Surroundings;
import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A namespace `shop` with a Deployment `web` that is well, to look around in.
final class Shopfloor {
  static final Instant NOW = Instant.parse("2026-03-01T02:17:00Z");

  final FakeView cluster = new FakeView();
  private Forecast forecast = new ScheduleForecast();

  Shopfloor() {
    cluster.put(deployment("web", 3, 3, "NewReplicaSetAvailable"));
  }

  /// A Deployment with the label and the selector `app: <name>`.
  static String deployment(String name, int wanted, int ready, String reason) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %1$s, generation: 2, labels: {app: %1$s, tier: front}}
    spec:
      replicas: %2$d
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata: {labels: {app: %1$s, track: stable}}
        spec:
          containers: [{name: main, readinessProbe: {}, env: [{name: P, valueFrom: {secretKeyRef: {name: %1$s-login, key: p}}}]}]
    status:
      observedGeneration: 2
      replicas: %2$d
      updatedReplicas: %2$d
      readyReplicas: %3$d
      availableReplicas: %3$d
      conditions:
        - {type: Available, status: 'True', lastTransitionTime: '2026-02-28T10:00:00Z'}
        - {type: Progressing, status: 'True', reason: %4$s}
    """
        .formatted(name, wanted, ready, reason);
  }

  /// A StatefulSet `db` with a claim per pod, whose one pod is ready.
  static String database() {
    return """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db, generation: 1}
    spec:
      replicas: 1
      serviceName: db-headless
      selector: {matchLabels: {app: db}}
      template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main}]}}
      volumeClaimTemplates: [{metadata: {name: data}}]
    status: {observedGeneration: 1, replicas: 1, readyReplicas: 1, updatedReplicas: 1, currentRevision: a, updateRevision: a}
    """;
  }

  void forecastWith(Forecast other) {
    forecast = other;
  }

  Surroundings aroundWeb() {
    return around(web(), ContextSettings.USUAL);
  }

  Surroundings around(Target target, ContextSettings settings) {
    return new SurroundingsReader(
            cluster, InstantSource.fixed(NOW), forecast, Duration.ofSeconds(2))
        .read(target, settings);
  }

  static Target web() {
    return target("apps/v1", "Deployment", "web");
  }

  static Target target(String apiVersion, String kind, String name) {
    return new Target(
        "cluster",
        apiVersion,
        kind,
        "shop",
        name,
        kind + "-" + name,
        1,
        "sha256:x",
        Map.of(),
        kind + "/" + name,
        Optional.empty());
  }

  static ContextSettings backupsReaching(Reach reach) {
    ContextSettings usual = ContextSettings.USUAL;
    return new ContextSettings(
        true,
        usual.backupNames(),
        reach,
        usual.predictBackups(),
        usual.backupMargin(),
        usual.deployments(),
        usual.helm(),
        usual.incidents());
  }

  /// What was seen; fails where it was not.
  static <T> T seen(Known<T> known) {
    return switch (known) {
      case Known.Seen<T>(T value) -> value;
      case Known.Unknown<T>(String why) -> throw new AssertionError("unknown: " + why);
    };
  }

  /// Why it was not seen; fails where it was.
  static String why(Known<?> known) {
    return switch (known) {
      case Known.Seen<?>(Object value) -> throw new AssertionError("seen: " + value);
      case Known.Unknown<?>(String why) -> why;
    };
  }

  static List<String> what(Known<List<Activity>> known) {
    return seen(known).stream().map(Activity::what).toList();
  }
}
