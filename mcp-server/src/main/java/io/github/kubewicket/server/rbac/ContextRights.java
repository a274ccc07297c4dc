package io.github.kubewicket.server.rbac;

import static io.github.kubewicket.server.tools.ToolRights.rights;

import io.github.kubewicket.policy.settings.ContextSettings;
import io.github.kubewicket.policy.settings.ContextSettings.Reach;
import io.github.kubewicket.server.tools.Right;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the server reads around a target before it changes anything. What it may not read is
/// unknown, and unknown is a no; so a guardrail that is switched off asks for nothing here.
///
/// The groups of operators are listed whether or not a cluster has them: a right on a kind that is
/// not there is no right on anything.
final class ContextRights {
  private ContextRights() {}

  static Set<Right> of(ContextSettings settings) {
    SortedSet<Right> all = new TreeSet<>();
    always(all);
    if (settings.backups()) {
      backups(all);
    }
    if (settings.deployments() != Reach.OFF) {
      deployments(all);
    }
    return all;
  }

  private static void always(Set<Right> all) {
    // The UID of kube-system is the cluster's name; labels and annotations say what a namespace is
    // for and what is going on in it.
    all.addAll(rights("", "namespaces", "get"));
    all.addAll(rights("", "pods", "get", "list"));
    all.addAll(rights("", "services", "list"));
    all.addAll(rights("", "events", "list", "watch"));
    for (String workload : Set.of("deployments", "statefulsets", "daemonsets", "replicasets")) {
      all.addAll(rights("apps", workload, "get", "list"));
    }
    all.addAll(rights("autoscaling", "horizontalpodautoscalers", "get", "list"));
    all.addAll(rights("policy", "poddisruptionbudgets", "get", "list"));
    all.addAll(rights("keda.sh", "scaledobjects", "get", "list"));
    all.addAll(rights("metrics.k8s.io", "pods", "get", "list"));
  }

  private static void backups(Set<Right> all) {
    all.addAll(rights("batch", "jobs", "get", "list"));
    all.addAll(rights("batch", "cronjobs", "get", "list"));
    all.addAll(rights("snapshot.storage.k8s.io", "volumesnapshots", "get", "list"));
    all.addAll(rights("velero.io", "backups", "get", "list"));
    all.addAll(rights("postgresql.cnpg.io", "backups", "get", "list"));
    all.addAll(rights("pxc.percona.com", "perconaxtradbclusterbackups", "get", "list"));
    all.addAll(rights("psmdb.percona.com", "perconaservermongodbbackups", "get", "list"));
    all.addAll(rights("pgv2.percona.com", "perconapgbackups", "get", "list"));
    all.addAll(rights("medusa.k8ssandra.io", "medusabackupjobs", "get", "list"));
  }

  private static void deployments(Set<Right> all) {
    all.addAll(rights("argoproj.io", "applications", "get", "list"));
    all.addAll(rights("argoproj.io", "rollouts", "get", "list"));
    all.addAll(rights("kustomize.toolkit.fluxcd.io", "kustomizations", "get", "list"));
    all.addAll(rights("helm.toolkit.fluxcd.io", "helmreleases", "get", "list"));
  }
}
