package io.github.kubewicket.server.tools;

import java.util.Comparator;

/// One verb on one resource, as Kubernetes' RBAC counts rights.
///
/// @param verb such as `get`, `patch`
/// @param group the API group, empty for the core group
/// @param resource plural, with its subresource after a slash, such as `deployments/scale`
public record Right(String verb, String group, String resource) implements Comparable<Right> {
  private static final Comparator<Right> ORDER =
      Comparator.comparing(Right::group).thenComparing(Right::resource).thenComparing(Right::verb);

  /// As people say it, such as `patch deployments.apps`.
  public String words() {
    return verb + " " + what();
  }

  /// The resource and its group, such as `deployments.apps`.
  public String what() {
    return resource + (group.isEmpty() ? "" : "." + group);
  }

  @Override
  public int compareTo(Right other) {
    return ORDER.compare(this, other);
  }
}
