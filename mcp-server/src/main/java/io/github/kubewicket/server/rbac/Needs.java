package io.github.kubewicket.server.rbac;

import io.github.kubewicket.policy.config.Policy;
import io.github.kubewicket.server.tools.Right;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a policy needs in Kubernetes.
///
/// @param anyKind whether read tools show any kind, for which ClusterRole `view` is bound
/// @param reads what read tools read, in all namespaces
/// @param context what guardrails read around a target, in all namespaces, since a backup of a
///   namespace is often an object in another one
/// @param grants what rules need, by namespace: an exact name, or a beginning with a `*` behind it
/// @param unlocated kinds that rules name and whose API group and plural only a cluster can tell
public record Needs(
    boolean anyKind,
    SortedSet<Right> reads,
    SortedSet<Right> context,
    SortedMap<String, Grant> grants,
    SortedSet<String> unlocated) {
  /// Copies the collections.
  public Needs {
    reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
    context = Collections.unmodifiableSortedSet(new TreeSet<>(context));
    grants = Collections.unmodifiableSortedMap(new TreeMap<>(grants));
    unlocated = Collections.unmodifiableSortedSet(new TreeSet<>(unlocated));
  }

  /// What rules need in one place.
  ///
  /// @param rules the rules' names, with the tier behind those that only suggest
  /// @param rights what they need
  public record Grant(SortedSet<String> rules, SortedSet<Right> rights) {
    /// Copies the sets.
    public Grant {
      rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
      rights = Collections.unmodifiableSortedSet(new TreeSet<>(rights));
    }

    Grant and(Grant other) {
      SortedSet<String> names = new TreeSet<>(rules);
      names.addAll(other.rules);
      SortedSet<Right> both = new TreeSet<>(rights);
      both.addAll(other.rights);
      return new Grant(names, both);
    }

    Grant without(SortedSet<Right> others) {
      SortedSet<Right> rest = new TreeSet<>(rights);
      rest.removeAll(others);
      return new Grant(rules, rest);
    }
  }

  /// What this policy needs. Rules of the tier `never` need nothing, nor does what the never-list,
  /// the scope or an earlier, unconditional `never` takes away from a rule; all other tiers need
  /// the writing verb, `suggest` included, since it shows a dry run.
  public static Needs of(Policy policy) {
    return new Survey(policy).needs();
  }

  /// What rules with patterns need. RBAC has no patterns, so it holds in all namespaces.
  public Grant everywhere() {
    return grants.entrySet().stream()
        .filter(grant -> isPattern(grant.getKey()))
        .map(grant -> grant.getValue())
        .reduce(new Grant(new TreeSet<>(), new TreeSet<>()), Grant::and);
  }

  /// What is needed in exactly this or that namespace, and is not allowed in all of them anyway.
  public SortedMap<String, Grant> exactly() {
    SortedSet<Right> everywhere = everywhere().rights();
    SortedMap<String, Grant> exact = new TreeMap<>();
    grants.forEach((namespace, grant) -> {
      Grant rest = grant.without(everywhere);
      if (!isPattern(namespace) && !rest.rights().isEmpty()) {
        exact.put(namespace, rest);
      }
    });
    return exact;
  }

  private static boolean isPattern(String namespace) {
    return namespace.endsWith("*");
  }
}
