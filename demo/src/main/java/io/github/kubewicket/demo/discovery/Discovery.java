package io.github.kubewicket.demo.discovery;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server serves, in the old form (a document per group version) and the aggregated one
/// (`apidiscovery.k8s.io/v2`).
public final class Discovery {
  private static final List<String> REVIEWS =
      List.of("SelfSubjectAccessReview", "SelfSubjectRulesReview");

  private final Kinds kinds;
  private final String address;

  /// Describes the kinds.
  ///
  /// @param address host and port of the server
  public Discovery(Kinds kinds, String address) {
    this.kinds = kinds;
    this.address = address;
  }

  /// `/version`.
  public ObjectNode version() {
    ObjectNode version = Json.object();
    version.put("major", "1").put("minor", "34").put("gitVersion", "v1.34.1+demo");
    version.put("gitCommit", "").put("gitTreeState", "clean").put("buildDate", "");
    return version.put("goVersion", "").put("compiler", "").put("platform", "linux/amd64");
  }

  /// `/api`.
  public ObjectNode core() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    ObjectNode entry = versions.putArray("serverAddressByClientCIDRs").addObject();
    entry.put("clientCIDR", "0.0.0.0/0").put("serverAddress", address);
    return versions;
  }

  /// `/apis`.
  public ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    byGroup().forEach((group, version) -> groups.add(group(group, version)));
    return list;
  }

  /// `/apis/<group>`.
  public Optional<ObjectNode> group(String group) {
    return Optional.ofNullable(byGroup().get(group))
        .map(version -> {
          ObjectNode json = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
          json.setAll(group(group, version));
          return json;
        });
  }

  /// `/api/v1` and `/apis/<group>/<version>`.
  public Optional<ObjectNode> resources(String apiVersion) {
    boolean served = apiVersion.equals("v1") || versions().contains(apiVersion);
    if (!served) {
      return Optional.empty();
    }
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", apiVersion);
    ArrayNode resources = list.putArray("resources");
    for (Kind kind : kinds.all()) {
      if (kind.apiVersion().equals(apiVersion)) {
        resource(resources.addObject(), kind);
        kind.subresources().forEach(sub -> subresource(resources.addObject(), kind, sub));
      }
    }
    if (apiVersion.equals("authorization.k8s.io/v1")) {
      for (String review : REVIEWS) {
        ObjectNode entry = resources.addObject();
        entry.put("name", review.toLowerCase(java.util.Locale.ROOT) + "s");
        entry.put("singularName", review.toLowerCase(java.util.Locale.ROOT));
        entry.put("namespaced", false).put("kind", review).putArray("verbs").add("create");
      }
    }
    return Optional.of(list);
  }

  /// `/api` or `/apis` in the aggregated form.
  public ObjectNode aggregated(boolean core) {
    ObjectNode list = Json.object();
    list.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    if (core) {
      Aggregated.group(items.addObject(), "", "v1", kinds, List.of());
    } else {
      byGroup()
          .forEach((group, version) ->
              Aggregated.group(
                  items.addObject(),
                  group,
                  version,
                  kinds,
                  group.equals("authorization.k8s.io") ? REVIEWS : List.of()));
    }
    return list;
  }

  /// Every served group version but the core one: `apps/v1`.
  public List<String> versions() {
    return byGroup().entrySet().stream()
        .map(entry -> entry.getKey() + "/" + entry.getValue())
        .toList();
  }

  private Map<String, String> byGroup() {
    Map<String, String> found = new LinkedHashMap<>();
    for (String version : kinds.groupVersions()) {
      String[] parts = version.split("/", 2);
      found.put(parts[0], parts[1]);
    }
    found.put("authorization.k8s.io", "v1");
    return found;
  }

  private static ObjectNode group(String group, String version) {
    ObjectNode json = Json.object().put("name", group);
    ObjectNode entry = json.putArray("versions").addObject();
    entry.put("groupVersion", group + "/" + version).put("version", version);
    json.set("preferredVersion", entry.deepCopy());
    return json;
  }

  private static void resource(ObjectNode entry, Kind kind) {
    entry.put("name", kind.plural()).put("singularName", kind.singular());
    entry.put("namespaced", kind.namespaced()).put("kind", kind.name());
    strings(entry.putArray("verbs"), kind.verbs());
    if (!kind.shortNames().isEmpty()) {
      strings(entry.putArray("shortNames"), kind.shortNames());
    }
    if (!kind.categories().isEmpty()) {
      strings(entry.putArray("categories"), kind.categories());
    }
  }

  private static void subresource(ObjectNode entry, Kind kind, String name) {
    entry.put("name", kind.plural() + "/" + name).put("singularName", "");
    entry.put("namespaced", kind.namespaced());
    switch (name) {
      case "scale" -> entry.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
      case "eviction" -> entry.put("group", "policy").put("version", "v1").put("kind", "Eviction");
      default -> entry.put("kind", kind.name());
    }
    strings(entry.putArray("verbs"), Aggregated.verbs(name));
  }

  static void strings(ArrayNode list, List<String> values) {
    values.forEach(list::add);
  }
}
