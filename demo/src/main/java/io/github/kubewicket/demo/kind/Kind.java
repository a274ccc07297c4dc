package io.github.kubewicket.demo.kind;

import java.util.List;

/// A kind that the server knows, as discovery describes it.
///
/// @param group empty for the core group
/// @param version `v1`
/// @param name `Deployment`
/// @param plural `deployments`, the name in paths
/// @param shortNames `deploy`
/// @param categories `all`
/// @param namespaced false for nodes, namespaces and definitions
/// @param verbs what discovery lists, in its order
/// @param subresources `status`, `scale`, `log`, `eviction`
/// @param generations whether `metadata.generation` counts changes of the spec
/// @param columns of the table
/// @param storedAs the resource that holds the objects; differs from `resource` for a second view
///   of the same objects
public record Kind(
    String group,
    String version,
    String name,
    String plural,
    List<String> shortNames,
    List<String> categories,
    boolean namespaced,
    List<String> verbs,
    List<String> subresources,
    boolean generations,
    List<Column> columns,
    String storedAs) {

  /// The resource and its group, as messages name it: `deployments.apps`, `pods`.
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// The kind and its group, as messages name it: `Deployment.apps`, `Pod`.
  public String groupKind() {
    return group.isEmpty() ? name : name + "." + group;
  }

  /// `apps/v1`, `v1`.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// `deployment`.
  public String singular() {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  /// Whether the kind comes from a custom resource definition.
  public boolean custom() {
    return group.endsWith(".example.com") || group.equals("example.com");
  }
}
