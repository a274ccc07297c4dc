package io.github.kubewicket.server.tools;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// What each tool asks of Kubernetes. A new tool has a line here too; a test holds every tool of
/// the catalogue to it.
///
/// A dry run on the server is authorized like the write itself
/// (<https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run-authorization>), so there
/// is no smaller set for a rule that only suggests.
public final class ToolRights {
  /// Where a kind of workload is found.
  private record Resource(String group, String plural) {}

  /// The kinds whose group and plural are known without asking a cluster.
  private static final Map<String, Resource> WORKLOADS =
      Map.of(
          "Deployment", new Resource("apps", "deployments"),
          "StatefulSet", new Resource("apps", "statefulsets"),
          "DaemonSet", new Resource("apps", "daemonsets"),
          "ReplicaSet", new Resource("apps", "replicasets"),
          "ReplicationController", new Resource("", "replicationcontrollers"),
          "Rollout", new Resource("argoproj.io", "rollouts"));

  private static final Set<String> SCALABLE =
      Set.of("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController");

  /// Read tools that show any kind: ClusterRole `view`, and these.
  private static final Set<Right> ANY_KIND =
      rights(
          rights("", "nodes", "get", "list"),
          rights("", "persistentvolumes", "get", "list"),
          rights("", "namespaces", "get", "list"),
          rights("", "events", "get", "list", "watch"),
          rights("storage.k8s.io", "storageclasses", "get", "list"),
          rights("networking.k8s.io", "ingressclasses", "get", "list"),
          rights("scheduling.k8s.io", "priorityclasses", "get", "list"),
          rights("apiextensions.k8s.io", "customresourcedefinitions", "get", "list"),
          rights("apiregistration.k8s.io", "apiservices", "get", "list"),
          rights("metrics.k8s.io", "nodes", "get", "list"),
          rights("metrics.k8s.io", "pods", "get", "list"));

  private static final Map<String, Reads> READS =
      Map.of(
          "list_resources", new Reads(true, ANY_KIND),
          "get_resource", new Reads(true, ANY_KIND),
          "get_logs",
              new Reads(
                  false,
                  rights(
                      rights("", "pods", "get", "list"),
                      rights("", "pods/log", "get"),
                      rights("apps", "deployments", "get"),
                      rights("apps", "statefulsets", "get"),
                      rights("apps", "daemonsets", "get"),
                      rights("apps", "replicasets", "get"),
                      rights("batch", "jobs", "get"))),
          "list_events", new Reads(false, rights("", "events", "list", "watch")),
          "describe_kind",
              new Reads(false, rights("apiextensions.k8s.io", "customresourcedefinitions", "get")),
          // What it shows is what guardrails look at; see ContextRights.
          "get_context", Reads.NOTHING,
          "explain_policy", Reads.NOTHING);

  private static final Map<String, Function<Set<String>, Set<Right>>> WRITES =
      Map.of(
          "restart_workload",
          kinds -> each(kinds, it -> rights(it.group(), it.plural(), "get", "patch")),
          "scale_workload",
          kinds ->
              each(
                  kinds,
                  it ->
                      rights(
                          rights(it.group(), it.plural(), "get"),
                          rights(it.group(), it.plural() + "/scale", "get", "patch"))),
          "evict_pod",
          kinds ->
              rights(
                  rights("", "pods", "get"),
                  rights("", "pods/eviction", "create"),
                  // A Deployment's pods belong to its ReplicaSets.
                  rights("apps", "replicasets", "get"),
                  each(kinds, it -> rights(it.group(), it.plural(), "get"))));

  private ToolRights() {}

  /// What a read tool asks for.
  ///
  /// @param anyKind whether it shows any kind, so that it needs what ClusterRole `view` has
  /// @param rights what it needs besides, in all namespaces
  public record Reads(boolean anyKind, Set<Right> rights) {
    /// Nothing.
    static final Reads NOTHING = new Reads(false, Set.of());

    /// Copies the rights.
    public Reads {
      rights = Set.copyOf(rights);
    }
  }

  /// What this read tool needs; empty where the table has no such tool.
  public static Optional<Reads> read(String tool) {
    return Optional.ofNullable(READS.get(tool));
  }

  /// What this write tool needs for workloads of these kinds; empty where the table has no such
  /// tool. Kinds that are not [#located] ask for nothing.
  public static Optional<Set<Right>> write(String tool, Set<String> kinds) {
    return Optional.ofNullable(WRITES.get(tool)).map(rights -> rights.apply(kinds));
  }

  /// The kinds that this tool changes where a rule names none; of custom kinds nothing is known.
  public static Set<String> kinds(String tool) {
    return Tools.kinds().getOrDefault(tool, SCALABLE);
  }

  /// Whether group and plural of this kind are known without asking a cluster.
  public static boolean located(String kind) {
    return WORKLOADS.containsKey(kind);
  }

  private static Set<Right> each(Set<String> kinds, Function<Resource, Set<Right>> rights) {
    SortedSet<Right> all = new TreeSet<>();
    for (String kind : kinds) {
      Optional.ofNullable(WORKLOADS.get(kind)).map(rights).ifPresent(all::addAll);
    }
    return all;
  }

  /// These verbs on one resource.
  public static Set<Right> rights(String group, String resource, String... verbs) {
    SortedSet<Right> all = new TreeSet<>();
    for (String verb : verbs) {
      all.add(new Right(verb, group, resource));
    }
    return all;
  }

  @SafeVarargs
  private static Set<Right> rights(Set<Right>... parts) {
    SortedSet<Right> all = new TreeSet<>();
    for (Set<Right> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
