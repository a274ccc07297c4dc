package io.github.kubewicket.policy.rules;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Environment;
import io.github.kubewicket.policy.NamePatterns;
import io.github.kubewicket.policy.Target;
import io.github.kubewicket.policy.Tier;
import java.util.List;
import java.util.Set;

/// One rule of `tools.yaml`: for these tools on these targets, this tier. The first rule that
/// matches decides.
///
/// @param name unique, `[a-z0-9-]`
/// @param tools write tools by name
/// @param namespaces exact names, or patterns with one trailing `*`, such as `shop-*`; `*` means
///   every namespace
/// @param kinds kinds such as `Deployment`; empty means every kind that the tool can change. For
///   `evict_pod` the kind is the one of the pod's owning workload
/// @param labels a selector over the target's labels
/// @param tier what the rule says
/// @param line where it stands in the file, from 1
/// @param terms what else it asks for
public record Rule(
    String name,
    Set<String> tools,
    List<String> namespaces,
    Set<String> kinds,
    LabelSelector labels,
    Tier tier,
    int line,
    RuleTerms terms) {
  /// Copies the collections.
  public Rule {
    tools = Set.copyOf(tools);
    namespaces = List.copyOf(namespaces);
    kinds = Set.copyOf(kinds);
  }

  /// A rule that asks for nothing more.
  public Rule(
      String name,
      Set<String> tools,
      List<String> namespaces,
      Set<String> kinds,
      LabelSelector labels,
      Tier tier,
      int line) {
    this(name, tools, namespaces, kinds, labels, tier, line, RuleTerms.NONE);
  }

  /// Whether this rule speaks about this caller in this environment.
  public boolean speaksTo(Caller caller, Environment environment) {
    return (terms.callers().isEmpty() || NamePatterns.anyFits(terms.callers(), caller.name()))
        && (terms.environments().isEmpty() || terms.environments().contains(environment));
  }

  /// Whether this rule speaks about this tool on this target.
  public boolean matches(String tool, Target target) {
    return tools.contains(tool)
        && matchesNamespace(target.namespace())
        && reaches(target.clusterName())
        && (kinds.isEmpty() || kinds.contains(target.workloadKind()))
        && labels.matches(target.labels());
  }

  /// Whether this rule speaks about this cluster at all.
  ///
  /// @param cluster as `tools.yaml` names it; empty where it names none
  public boolean reaches(String cluster) {
    return terms.clusters().isEmpty() || terms.clusters().contains(cluster);
  }

  /// Whether this rule could speak about this tool in this namespace, before the target is known.
  public boolean mayMatch(String tool, String namespace) {
    return tools.contains(tool) && matchesNamespace(namespace);
  }

  private boolean matchesNamespace(String namespace) {
    return NamePatterns.anyFits(namespaces, namespace);
  }
}
