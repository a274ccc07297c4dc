package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.server.change.Change;
import io.github.kubewicket.server.change.Found;
import io.github.kubewicket.server.change.Plan;
import io.github.kubewicket.server.change.Workbench;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The write side of one API server.
final class ApiWorkbench implements Workbench {
  private final Sender sender;
  private final ClusterView view;
  private final ClusterId cluster;
  private final Workloads workloads;

  /// @param cluster asked with the server's own account, since few others may read `kube-system`
  /// @param name the cluster's name in `tools.yaml`; empty where it has none
  ApiWorkbench(Api api, ClusterView view, ClusterId cluster, String name) {
    this.sender = new Sender(api);
    this.view = view;
    this.cluster = cluster;
    this.workloads = new Workloads(sender, view, cluster, name);
  }

  @Override
  public Change take(Plan plan) {
    return switch (plan) {
      case Plan.Restart restart -> new RestartChange(sender, workloads, restart);
      case Plan.Scale scale -> new ScaleChange(sender, workloads, scale);
      case Plan.Evict evict ->
          new EvictChange(sender, workloads, view.kind("pods"), evictionVersion(), evict);
    };
  }

  @Override
  public Found find(Entry intent) {
    try {
      // An object of this name in another cluster would tell nothing about the one that was meant.
      if (!intent.body().path("target").path("cluster").asString("").equals(cluster.get())) {
        return Found.UNSEEN;
      }
    } catch (ClusterException e) {
      return Found.UNSEEN;
    }
    try {
      return look(intent);
    } catch (ClusterException e) {
      return e.denial().code() == Reason.NOT_FOUND ? Found.CHANGED_SINCE : Found.UNSEEN;
    }
  }

  private Found look(Entry intent) {
    JsonNode target = intent.body().path("target");
    String namespace = target.path("namespace").asString("");
    Workloads.Located workload = workload(intent, namespace);
    String path = intent.text("path");
    if (path.endsWith("/eviction")) {
      String pod = path.substring(0, path.length() - "/eviction".length());
      return Evictions.present(sender, pod, intent.text("targetUid"))
          ? Found.NOT_APPLIED
          : applied(workload);
    }
    if (!workload.object().uid().equals(intent.text("targetUid"))) {
      return Found.CHANGED_SINCE;
    }
    if (path.endsWith("/scale")) {
      JsonNode radius = intent.body().path("blastRadius");
      int now = sender.read(path).spec("replicas", -1);
      return now == radius.path("replicasAfter").asInt(-2)
          ? applied(workload)
          : unapplied(now == radius.path("replicasBefore").asInt(-2));
    }
    String now = workload.object().specHash();
    return now.equals(intent.text("postSpecHash"))
        ? applied(workload)
        : unapplied(now.equals(target.path("specHash").asString("")));
  }

  /// The workload that the intent names.
  private Workloads.Located workload(Entry intent, String namespace) {
    String[] parts = intent.body().path("scopes").path("workload").asString("//").split("/", -1);
    String kind =
        parts.length > 3 ? parts[2] : intent.body().path("target").path("kind").asString("");
    String name =
        parts.length > 3 ? parts[3] : intent.body().path("target").path("name").asString("");
    return workloads.read(view.kind(kind.toLowerCase(Locale.ROOT)), namespace, name);
  }

  private Found applied(Workloads.Located workload) {
    return Rollout.at(sender, workload.path()) instanceof Change.Health.Healthy
        ? Found.APPLIED_HEALTHY
        : Found.APPLIED_UNHEALTHY;
  }

  private static Found unapplied(boolean asBefore) {
    return asBefore ? Found.NOT_APPLIED : Found.CHANGED_SINCE;
  }

  /// `policy/v1` since Kubernetes 1.22, `policy/v1beta1` before.
  private String evictionVersion() {
    return view.kind("poddisruptionbudgets.policy").apiVersion();
  }
}
