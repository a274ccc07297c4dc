package io.github.kubewicket.server.cluster;

/// Who this cluster is: the UID of its `kube-system` namespace, which lives as long as the cluster
/// does.
final class ClusterId {
  private final Sender sender;
  private volatile String uid = "";

  ClusterId(Sender sender) {
    this.sender = sender;
  }

  /// Read once.
  String get() {
    if (uid.isEmpty()) {
      uid = sender.read("/api/v1/namespaces/kube-system").uid();
    }
    return uid;
  }
}
