package io.github.kubewicket.server.rbac;

import io.github.kubewicket.server.tools.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes a policy's needs as YAML for `kubectl apply -f -`: a ServiceAccount and its roles.
public final class Manifests {
  private final String namespace;
  private final String name;
  private final StringBuilder yaml = new StringBuilder();
  private final List<String> comments = new ArrayList<>();

  private Manifests(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  /// The manifests.
  ///
  /// @param namespace where the server's ServiceAccount is, a DNS label
  /// @param name the ServiceAccount's name, and the beginning of the roles' names, a DNS label
  /// @param digest of the policy, for the first line
  public static String of(Needs needs, String namespace, String name, String digest) {
    Manifests manifests = new Manifests(namespace, name);
    manifests.head(needs, digest);
    manifests.account();
    manifests.reads(needs);
    manifests.everywhere(needs);
    needs.exactly().forEach(manifests::exactly);
    return manifests.yaml.toString();
  }

  private void head(Needs needs, String digest) {
    comment("What Kubewicket needs in Kubernetes for tools.yaml (" + digest + "), and no more.");
    comment(
        "The namespace " + namespace + " has to exist. Apply it with kubectl apply -f -; what an");
    comment(
        "older tools.yaml needed stays until somebody deletes it, and doctor names it; all of it:");
    comment(
        "kubectl get roles,rolebindings,clusterroles,clusterrolebindings -A -l kubewicket.dev/rbac="
            + name);
    if (!needs.grants().isEmpty()) {
      comment("");
      comment(
          "A right to patch a workload is a right to change all of it: RBAC knows no restarts. It is");
      comment(
          "the policy that keeps it to restarts, so keep this account's token from everybody else.");
      comment(
          "A rule of the tier suggest has the verb too: Kubernetes authorizes a dry run like the write.");
    }
    for (String kind : needs.unlocated()) {
      comment("");
      comment(
          "MISSING: a rule names the kind "
              + kind
              + ", whose API group only the cluster knows; add");
      comment("get on it, and get and patch on its subresource scale, to the roles below.");
    }
  }

  private void account() {
    document("v1", "ServiceAccount", namespace, name);
  }

  private void reads(Needs needs) {
    if (needs.anyKind()) {
      comment(
          "Reading is wide by design: agents may see every kind that the cluster's own ClusterRole view");
      comment(
          "shows, in every namespace. It has no Secrets and no roles; operators add their kinds to it.");
      clusterBinding(name + "-view", "view");
    }
    SortedSet<Right> reads = new TreeSet<>(needs.reads());
    reads.addAll(needs.context());
    if (!reads.isEmpty()) {
      comment(
          "What the read tools and the guardrails read besides. It says again what view may have, so");
      comment(
          "that no guardrail depends on it. Kinds that the cluster does not serve are harmless here.");
      document("rbac.authorization.k8s.io/v1", "ClusterRole", "", name + "-read");
      rules(reads);
      clusterBinding(name + "-read", name + "-read");
    }
  }

  private void everywhere(Needs needs) {
    Needs.Grant everywhere = needs.everywhere();
    if (everywhere.rights().isEmpty()) {
      return;
    }
    String patterns =
        needs.grants().keySet().stream()
            .filter(place -> place.endsWith("*"))
            .collect(Collectors.joining(", "));
    comment(
        "For "
            + names(everywhere)
            + ", in "
            + patterns
            + ". RBAC has no patterns, so this holds in");
    comment(
        "ALL namespaces. Name namespaces in the rule to have less; or replace the ClusterRoleBinding");
    comment("by a RoleBinding in each namespace that is meant.");
    document("rbac.authorization.k8s.io/v1", "ClusterRole", "", name + "-write");
    rules(everywhere.rights());
    clusterBinding(name + "-write", name + "-write");
  }

  private void exactly(String place, Needs.Grant grant) {
    comment("For " + names(grant) + ".");
    document("rbac.authorization.k8s.io/v1", "Role", place, name + "-write");
    rules(grant.rights());
    document("rbac.authorization.k8s.io/v1", "RoleBinding", place, name + "-write");
    reference("Role", name + "-write");
  }

  private static String names(Needs.Grant grant) {
    return (grant.rules().size() == 1 ? "the rule " : "the rules ")
        + String.join(", ", grant.rules());
  }

  private void clusterBinding(String binding, String role) {
    document("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", binding);
    reference("ClusterRole", role);
  }

  private void reference(String kind, String role) {
    line("roleRef: {apiGroup: rbac.authorization.k8s.io, kind: " + kind + ", name: " + role + "}");
    line("subjects:");
    line("  - {kind: ServiceAccount, namespace: " + namespace + ", name: " + name + "}");
  }

  private void document(String version, String kind, String place, String called) {
    line("---");
    comments.forEach(this::line);
    comments.clear();
    line("apiVersion: " + version);
    line("kind: " + kind);
    line("metadata:");
    line("  name: " + called);
    if (!place.isEmpty()) {
      line("  namespace: " + place);
    }
    line("  labels: {kubewicket.dev/rbac: " + name + "}");
  }

  /// One RBAC rule for all resources of a group that have the same verbs.
  private void rules(SortedSet<Right> rights) {
    Map<String, SequencedMap<String, List<String>>> verbs = new TreeMap<>();
    for (Right right : rights) {
      verbs
          .computeIfAbsent(right.group(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(right.resource(), _ -> new ArrayList<>())
          .add(right.verb());
    }
    line("rules:");
    verbs.forEach((group, resources) -> {
      SequencedMap<List<String>, List<String>> same = new LinkedHashMap<>();
      resources.forEach((resource, allowed) ->
          same.computeIfAbsent(allowed, _ -> new ArrayList<>()).add(resource));
      same.forEach((allowed, of) -> {
        line("  - apiGroups: [" + (group.isEmpty() ? "\"\"" : group) + "]");
        line("    resources: [" + String.join(", ", of) + "]");
        line("    verbs: [" + String.join(", ", allowed) + "]");
      });
    });
  }

  /// A comment on the document that follows.
  private void comment(String text) {
    comments.add(text.isEmpty() ? "#" : "# " + text);
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }
}
