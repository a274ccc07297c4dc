package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.cluster.Permissions;
import io.github.kubewicket.server.rbac.CallerNeeds;
import io.github.kubewicket.server.rbac.Needs;
import io.github.kubewicket.server.tools.Right;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Examines the cluster: can it be reached, and may the server's own account do what the policy
/// needs, and no more?
final class ClusterExam {
  private static final String CLUSTER = "cluster";
  private static final String PERMISSIONS = "permissions";

  private ClusterExam() {}

  /// What is found; of a cluster with a name, each finding says so.
  static List<Finding> of(Connection cluster, Loaded loaded) {
    List<Finding> findings = findings(cluster, loaded);
    return cluster.name().isEmpty()
        ? findings
        : findings.stream().map(finding -> finding.about(cluster.name())).toList();
  }

  private static List<Finding> findings(Connection cluster, Loaded loaded) {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(
          Finding.ok(CLUSTER, "reached; it serves " + cluster.view().kinds().size() + " kinds."));
      Permissions permissions = cluster.permissions();
      read(permissions, findings);
      if (loaded instanceof Loaded.Valid(Policy policy)) {
        findings.addAll(
            new RightsExam(new Asked(permissions), served(cluster))
                .of(Needs.of(policy.on(cluster.name())), CallerNeeds.of(policy, cluster.name())));
      }
    } catch (ClusterException e) {
      findings.add(Finding.fail(CLUSTER, e.denial().message() + " " + e.denial().hint()));
    }
    return findings;
  }

  private static void read(Permissions permissions, List<Finding> findings) {
    findings.add(
        permissions.may("list", "", "pods", "")
            ? Finding.ok(PERMISSIONS, "may list pods in all namespaces.")
            : Finding.warn(
                PERMISSIONS,
                "may not list pods in all namespaces; tools have to be called with a namespace."));
    if (permissions.may("get", "", "secrets", "")) {
      findings.add(
          Finding.warn(
              PERMISSIONS,
              "may read Secrets everywhere; Kubewicket never shows their values, but an account without that right is safer."));
    }
    if (permissions.may("*", "*", "*", "")) {
      findings.add(
          Finding.warn(
              PERMISSIONS,
              "the account may do everything; give the server one that may do only what tools.yaml needs."));
    }
  }

  /// The cluster as the exam of rights asks it.
  private record Asked(Permissions permissions) implements RightsExam.Account {
    @Override
    public boolean may(Right right, String namespace) {
      return permissions.may(right.verb(), right.group(), right.resource(), namespace);
    }

    @Override
    public boolean may(CallerNeeds.Named named) {
      Right right = named.right();
      return permissions.may(right.verb(), right.group(), right.resource(), "", named.name());
    }

    @Override
    public List<Permissions.Allowed> all(String namespace) {
      return permissions.all(namespace);
    }
  }

  /// What the cluster serves, as `resource.group`.
  private static Set<String> served(Connection cluster) {
    Set<String> served = new HashSet<>();
    cluster.view().kinds().forEach(kind -> served.add(kind.plural() + "." + kind.group()));
    return served;
  }
}
