package io.github.kubewicket.policy;

import java.util.Map;
import java.util.Optional;

/// The one object that a change acts on, as it was read from the cluster just now.
///
/// @param cluster the cluster's identity: the UID of its `kube-system` namespace
/// @param apiVersion group and version, such as `apps/v1`
/// @param kind such as `Deployment`
/// @param namespace empty for cluster-scoped objects
/// @param name the object's exact name
/// @param uid the object's UID: a recreated object is another object
/// @param generation `metadata.generation`, 0 where the kind has none
/// @param specHash `sha256:` over the canonical spec, labels and annotations; status and
///   managedFields excluded
/// @param labels the object's labels, for rules
/// @param workload the owning workload as `Kind/name`; the object itself where it is one
/// @param pod the pod's name where the change acts on one pod
/// @param clusterName the cluster as `tools.yaml` names it, for rules and people; empty where it
///   names none
public record Target(
    String cluster,
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String uid,
    long generation,
    String specHash,
    Map<String, String> labels,
    String workload,
    Optional<String> pod,
    String clusterName) {
  /// Copies the labels.
  public Target {
    labels = Map.copyOf(labels);
  }

  /// A target in a cluster without a name.
  public Target(
      String cluster,
      String apiVersion,
      String kind,
      String namespace,
      String name,
      String uid,
      long generation,
      String specHash,
      Map<String, String> labels,
      String workload,
      Optional<String> pod) {
    this(
        cluster,
        apiVersion,
        kind,
        namespace,
        name,
        uid,
        generation,
        specHash,
        labels,
        workload,
        pod,
        "");
  }

  /// The kind of the owning workload; its own where it has none.
  public String workloadKind() {
    int slash = workload.indexOf('/');
    return slash < 0 ? kind : workload.substring(0, slash);
  }

  /// The namespace's name in the ledger: `cluster/namespace`.
  public String namespaceKey() {
    return cluster + "/" + namespace;
  }

  /// The workload's name in the ledger, by which acts are found: `cluster/namespace/Kind/name`.
  public String workloadKey() {
    return namespaceKey() + "/" + workload;
  }

  /// The target as a person reads it: `Deployment/web in namespace shop`, and `on cluster prod`
  /// behind it where the cluster has a name.
  public String describe() {
    return kind
        + "/"
        + name
        + (namespace.isEmpty() ? "" : " in namespace " + namespace)
        + (clusterName.isEmpty() ? "" : " on cluster " + clusterName);
  }
}
