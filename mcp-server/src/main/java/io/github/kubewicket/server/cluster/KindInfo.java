package io.github.kubewicket.server.cluster;

import java.util.List;
import java.util.Set;

/// A kind that the cluster serves, under its preferred version.
///
/// @param group empty for the core group
/// @param version such as `v1`
/// @param kind such as `Deployment`
/// @param plural such as `deployments`
/// @param singular such as `deployment`
/// @param shortNames such as `deploy`
/// @param namespaced whether its objects live in a namespace
/// @param verbs what may be asked of it, such as `list`
/// @param subresources such as `scale`, `status`
public record KindInfo(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    List<String> shortNames,
    boolean namespaced,
    Set<String> verbs,
    Set<String> subresources) {
  /// Copies the collections.
  public KindInfo {
    shortNames = List.copyOf(shortNames);
    verbs = Set.copyOf(verbs);
    subresources = Set.copyOf(subresources);
  }

  /// `v1` or `apps/v1`.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
