package io.github.kubewicket.demo.discovery;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Entries of the aggregated discovery document.
final class Aggregated {
  private Aggregated() {}

  static void group(
      ObjectNode item, String group, String version, Kinds kinds, List<String> reviews) {
    ObjectNode metadata = item.putObject("metadata");
    if (!group.isEmpty()) {
      metadata.put("name", group);
    }
    metadata.putNull("creationTimestamp");
    ObjectNode entry = item.putArray("versions").addObject();
    entry.put("version", version);
    ArrayNode resources = entry.putArray("resources");
    for (Kind kind : kinds.all()) {
      if (kind.group().equals(group)) {
        resource(resources.addObject(), kind);
      }
    }
    for (String review : reviews) {
      ObjectNode resource = resources.addObject();
      resource.put("resource", review.toLowerCase(Locale.ROOT) + "s");
      kind(resource.putObject("responseKind"), "authorization.k8s.io", "v1", review);
      resource.put("scope", "Cluster").put("singularResource", review.toLowerCase(Locale.ROOT));
      resource.putArray("verbs").add("create");
    }
    entry.put("freshness", "Current");
  }

  static List<String> verbs(String subresource) {
    return switch (subresource) {
      case "log" -> List.of("get");
      case "eviction" -> List.of("create");
      default -> List.of("get", "patch", "update");
    };
  }

  private static void resource(ObjectNode entry, Kind kind) {
    entry.put("resource", kind.plural());
    kind(entry.putObject("responseKind"), kind.group(), kind.version(), kind.name());
    entry.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
    entry.put("singularResource", kind.singular());
    Discovery.strings(entry.putArray("verbs"), kind.verbs());
    if (!kind.shortNames().isEmpty()) {
      Discovery.strings(entry.putArray("shortNames"), kind.shortNames());
    }
    if (!kind.categories().isEmpty()) {
      Discovery.strings(entry.putArray("categories"), kind.categories());
    }
    if (kind.subresources().isEmpty()) {
      return;
    }
    ArrayNode subresources = entry.putArray("subresources");
    for (String name : kind.subresources()) {
      ObjectNode sub = Json.object();
      sub.put("subresource", name);
      switch (name) {
        case "scale" -> kind(sub.putObject("responseKind"), "autoscaling", "v1", "Scale");
        case "eviction" -> kind(sub.putObject("responseKind"), "policy", "v1", "Eviction");
        default -> kind(sub.putObject("responseKind"), kind.group(), kind.version(), kind.name());
      }
      Discovery.strings(sub.putArray("verbs"), verbs(name));
      subresources.add(sub);
    }
  }

  private static void kind(ObjectNode node, String group, String version, String name) {
    node.put("group", group).put("version", version).put("kind", name);
  }
}
