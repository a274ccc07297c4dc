package io.github.kubewicket.server.e2e;

/// What tests put into the cluster, as YAML. The image is on the node already; nothing is pulled.
final class Manifests {
  private Manifests() {}

  /// A container that is ready as soon as it runs, and ends within a second.
  static String sleeping() {
    return container("sleep, \"86400\"");
  }

  /// A container that is ready two seconds after it runs.
  static String slow() {
    return sleeping()
        + "readinessProbe: {exec: {command: [\"true\"]}, initialDelaySeconds: 2, periodSeconds: 1}\n";
  }

  /// A container that runs a shell script, which may hold anything but a single quote.
  static String shell(String script) {
    return container("sh, -c, '" + script + "'");
  }

  private static String container(String command) {
    return """
    name: main
    image: kubewicket.test/busybox:1
    imagePullPolicy: Never
    command: [%s]
    """
        .formatted(command);
  }

  static String deployment(String name, int replicas, String container) {
    return workload("Deployment", name, "replicas: " + replicas, container);
  }

  static String statefulSet(String name, int replicas) {
    return workload(
        "StatefulSet", name, "replicas: " + replicas + "\n  serviceName: " + name, sleeping());
  }

  static String daemonSet(String name) {
    return workload("DaemonSet", name, "minReadySeconds: 0", sleeping());
  }

  static String disruptionBudget(String apiVersion, String name, int minAvailable) {
    return """
    apiVersion: %s
    kind: PodDisruptionBudget
    metadata: {name: %s}
    spec:
      minAvailable: %d
      selector: {matchLabels: {app: %s}}
    """
        .formatted(apiVersion, name, minAvailable, name);
  }

  /// A Job of pods that run this command.
  static String job(String name, String command, int parallelism) {
    return """
    apiVersion: batch/v1
    kind: Job
    metadata: {name: %s}
    spec:
      parallelism: %d
      backoffLimit: 0
      template: {spec: {restartPolicy: Never, terminationGracePeriodSeconds: 1, containers: [
        {name: main, image: kubewicket.test/busybox:1, imagePullPolicy: Never, command: [%s]}]}}
    """
        .formatted(name, parallelism, command);
  }

  static String cronJob(String apiVersion, String name, String schedule) {
    return """
    apiVersion: %s
    kind: CronJob
    metadata: {name: %s}
    spec:
      schedule: "%s"
      jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [
        {name: main, image: kubewicket.test/busybox:1, imagePullPolicy: Never, command: ["true"]}]}}}}
    """
        .formatted(apiVersion, name, schedule);
  }

  static String autoscaler(String deployment) {
    return """
    apiVersion: autoscaling/v1
    kind: HorizontalPodAutoscaler
    metadata: {name: %s}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
      minReplicas: 1
      maxReplicas: 4
    """
        .formatted(deployment, deployment);
  }

  private static String workload(String kind, String name, String spec, String container) {
    return """
    apiVersion: apps/v1
    kind: %s
    metadata: {name: %s, labels: {app: %s}}
    spec:
      %s
      selector: {matchLabels: {app: %s}}
      template:
        metadata: {labels: {app: %s}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - %s
    """
        .formatted(
            kind, name, name, spec, name, name, container.strip().replace("\n", "\n          "));
  }
}
