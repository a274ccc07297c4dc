package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.config.Loaded;
import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.policy.rules.Rule;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Connection;
import io.github.kubewicket.server.cluster.Permissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Examines the cluster: can it be reached, and may the server's own account do what the policy
/// needs, and no more?
final class ClusterExam {
  private static final String CLUSTER = "cluster";
  private static final String PERMISSIONS = "permissions";

  private ClusterExam() {}

  /// A right that a rule needs in a namespace; `*` patterns are asked for all namespaces.
  private record Right(String verb, String group, String resource, String namespace) {
    String words() {
      return verb
          + " "
          + resource
          + (group.isEmpty() ? "" : "." + group)
          + (namespace.isEmpty() ? " in all namespaces" : " in " + namespace);
    }
  }

  static List<Finding> of(Connection cluster, Loaded loaded) {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(
          Finding.ok(CLUSTER, "reached; it serves " + cluster.view().kinds().size() + " kinds."));
      Permissions permissions = cluster.permissions();
      read(permissions, findings);
      if (loaded instanceof Loaded.Valid(Policy policy)) {
        write(permissions, policy, findings);
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

  private static void write(Permissions permissions, Policy policy, List<Finding> findings) {
    for (Right right : needed(policy)) {
      if (!permissions.may(right.verb(), right.group(), right.resource(), right.namespace())) {
        findings.add(
            Finding.fail(
                PERMISSIONS,
                "a rule needs to "
                    + right.words()
                    + ", which Kubernetes does not allow this account."));
      }
    }
  }

  private static Set<Right> needed(Policy policy) {
    Set<Right> rights = new LinkedHashSet<>();
    for (Rule rule : policy.rules()) {
      for (String pattern : rule.namespaces()) {
        String namespace = pattern.endsWith("*") ? "" : pattern;
        if (rule.tools().contains("evict_pod")) {
          rights.add(new Right("create", "", "pods/eviction", namespace));
        }
        Set<String> kinds = rule.kinds().isEmpty() ? Set.of("Deployment") : rule.kinds();
        for (String kind : kinds) {
          workload(kind)
              .ifPresent(plural -> {
                if (rule.tools().contains("restart_workload")) {
                  rights.add(new Right("patch", "apps", plural, namespace));
                }
                if (rule.tools().contains("scale_workload")) {
                  rights.add(new Right("patch", "apps", plural + "/scale", namespace));
                }
              });
        }
      }
    }
    return rights;
  }

  private static Optional<String> workload(String kind) {
    return switch (kind) {
      case "Deployment" -> Optional.of("deployments");
      case "StatefulSet" -> Optional.of("statefulsets");
      case "DaemonSet" -> Optional.of("daemonsets");
      default -> Optional.empty();
    };
  }
}
