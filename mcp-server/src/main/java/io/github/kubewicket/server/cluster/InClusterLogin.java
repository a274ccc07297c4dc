package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import java.util.Map;

/// The login of the pod that the server runs in, wherever kubeconfig files may lie about.
///
/// @param environment the process's environment
record InClusterLogin(Map<String, String> environment) implements LoginSource {
  InClusterLogin {
    environment = Map.copyOf(environment);
  }

  @Override
  public Login read(Deadline deadline) {
    Login login =
        ServiceAccount.read(environment)
            .orElseThrow(() ->
                new ClusterException(
                    Reason.CLUSTER_UNAVAILABLE,
                    "This server does not run in a cluster, or its pod has no service account.",
                    "Name a kubeconfig for this cluster instead of inCluster in tools.yaml."));
    return login.proxied(Proxies.of(login.server(), environment));
  }

  @Override
  public String mark() {
    return ServiceAccount.mark();
  }
}
