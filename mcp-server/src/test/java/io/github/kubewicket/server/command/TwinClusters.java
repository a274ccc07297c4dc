package io.github.kubewicket.server.command;

import io.github.kubewicket.demo.DemoCluster;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Clusters that hold nearly the same, so that nothing but their names tells them apart.
final class TwinClusters {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TwinClusters() {}

  /// What is in one of them; its `kube-system` has a UID of its own.
  static List<ObjectNode> objects(String cluster) {
    List<ObjectNode> objects = new ArrayList<>();
    objects.add(
        (ObjectNode)
            JSON.readTree(
                """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system", "uid": "uid-of-%s"}}
                """
                    .formatted(cluster)));
    for (String place : List.of("shop/web", "shop/secret-" + cluster, "bank/web")) {
      String namespace = place.substring(0, place.indexOf('/'));
      String name = place.substring(place.indexOf('/') + 1);
      objects.add(
          (ObjectNode)
              JSON.readTree(
                  """
                  {"apiVersion": "apps/v1", "kind": "Deployment", "metadata":
                     {"name": "%1$s", "namespace": "%2$s", "labels": {"which": "of-%3$s"}},
                   "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "%1$s"}}, "template":
                     {"metadata": {"labels": {"app": "%1$s"}}, "spec": {"containers": [{"name": "web", "image": "web:1"}]}}},
                   "status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2}}
                  """
                      .formatted(name, namespace, cluster)));
    }
    return objects;
  }

  /// A file that leads to one of them.
  static String kubeconfig(DemoCluster demo) {
    return """
    apiVersion: v1
    kind: Config
    current-context: c
    contexts: [{name: c, context: {cluster: c, user: u}}]
    clusters: [{name: c, cluster: {server: "%s"}}]
    users: [{name: u, user: {token: "%s"}}]
    """
        .formatted(demo.uri(), demo.token());
  }
}
