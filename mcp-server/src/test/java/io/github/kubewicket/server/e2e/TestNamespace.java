package io.github.kubewicket.server.e2e;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A namespace of a test's own in the real cluster, with what the test puts into it.
final class TestNamespace implements AutoCloseable {
  private final KubeApi api;
  private final String name;

  private TestNamespace(KubeApi api, String name) {
    this.api = api;
    this.name = name;
  }

  /// Makes one with a name that no other test run has.
  static TestNamespace create(KubeApi api, String label) {
    byte[] unique = new byte[4];
    new Random().nextBytes(unique);
    String name = "kw-" + label + "-" + HexFormat.of().formatHex(unique);
    api.create(
        "/api/v1/namespaces",
        "{kind: Namespace, metadata: {name: " + name + ", labels: {env: test}}}");
    TestNamespace namespace = new TestNamespace(api, name);
    // Pods are refused until the namespace's service account is there.
    Wait.until(
        "the default service account of " + name,
        () -> api.find(namespace.core("serviceaccounts/default")).isPresent());
    return namespace;
  }

  String name() {
    return name;
  }

  /// The path of something of the core group, such as `pods/web-1`.
  String core(String resource) {
    return "/api/v1/namespaces/" + name + "/" + resource;
  }

  /// The path of something of the group apps, such as `deployments/web`.
  String apps(String resource) {
    return "/apis/apps/v1/namespaces/" + name + "/" + resource;
  }

  /// A Deployment of pods that sleep; it is not waited for.
  void deployment(String workload, int replicas) {
    deployment(workload, replicas, Manifests.sleeping());
  }

  /// A Deployment of these pods; it is not waited for.
  void deployment(String workload, int replicas, String container) {
    api.create(apps("deployments"), Manifests.deployment(workload, replicas, container));
  }

  JsonNode deployment(String workload) {
    return api.get(apps("deployments/" + workload));
  }

  /// How often what is wanted of the Deployment was changed.
  long generation(String workload) {
    return deployment(workload).path("metadata").path("generation").asLong(-1);
  }

  int replicas(String workload) {
    return deployment(workload).path("spec").path("replicas").asInt(-1);
  }

  void awaitAvailable(String... workloads) {
    for (String workload : workloads) {
      Wait.until(
          workload + " is available",
          () -> {
            JsonNode now = deployment(workload);
            JsonNode status = now.path("status");
            int wanted = now.path("spec").path("replicas").asInt(-1);
            return status.path("observedGeneration").asLong(-1)
                    == now.path("metadata").path("generation").asLong(-2)
                && status.path("updatedReplicas").asInt(0) == wanted
                && status.path("replicas").asInt(0) == wanted
                && status.path("availableReplicas").asInt(0) == wanted;
          });
    }
  }

  /// The pods with the label `app` of the workload that are not being deleted.
  List<JsonNode> pods(String app) {
    JsonNode list = api.get(core("pods?labelSelector=app%3D" + app));
    return StreamSupport.stream(list.path("items").spliterator(), false)
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .toList();
  }

  /// Their names.
  List<String> podNames(String app) {
    return pods(app).stream().map(pod -> pod.path("metadata").path("name").asString("")).toList();
  }

  /// Deletes the namespace with all that is in it, without waiting for the end.
  @Override
  public void close() {
    api.delete("/api/v1/namespaces/" + name);
  }
}
