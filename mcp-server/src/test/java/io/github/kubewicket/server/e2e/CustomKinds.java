package io.github.kubewicket.server.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Kinds of other projects, as far as a test needs them: they hold whatever they are given. What
/// the cluster serves already is used, and left there.
final class CustomKinds implements AutoCloseable {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private final KubeApi api;
  private final List<String> made = new ArrayList<>();

  CustomKinds(KubeApi api) {
    this.api = api;
  }

  /// Has the cluster serve a kind.
  CustomKinds serve(String group, String version, String kind, String plural) {
    String list = "/apis/" + group + "/" + version + "/" + plural;
    if (api.find(list).isPresent()) {
      return this;
    }
    String name = plural + "." + group;
    api.create(
        DEFINITIONS,
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: %1$s
          annotations: {api-approved.kubernetes.io: "unapproved, a test"}
        spec:
          group: %2$s
          scope: Namespaced
          names: {kind: %4$s, listKind: %4$sList, plural: %5$s, singular: %6$s}
          versions:
            - name: %3$s
              served: true
              storage: true
              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """
            .formatted(name, group, version, kind, plural, kind.toLowerCase(Locale.ROOT)));
    made.add(name);
    Wait.until(list + " is served", () -> api.find(list).isPresent());
    return this;
  }

  @Override
  public void close() {
    made.forEach(name -> api.delete(DEFINITIONS + "/" + name));
  }
}
