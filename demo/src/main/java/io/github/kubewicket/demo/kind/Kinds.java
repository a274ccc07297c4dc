package io.github.kubewicket.demo.kind;

import io.github.kubewicket.demo.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All kinds of the server, read from `kinds.json`.
public final class Kinds {
  private static final Column NAME =
      new Column("Name", "string", "name", 0, "/metadata/name", "The object's unique name.");
  private static final Column AGE =
      new Column("Age", "string", "", 0, "@age", "How long ago the object was created.");
  private static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private final Map<String, Kind> byPath = new LinkedHashMap<>();

  /// Reads the list.
  public Kinds() {
    for (JsonNode entry : Json.resource(Kinds.class, "kinds.json")) {
      Kind kind = read(entry);
      byPath.put(kind.apiVersion() + "/" + kind.plural(), kind);
    }
  }

  /// The list, and the kinds of these objects that are not in it: as custom resources, with plurals
  /// as kubectl guesses them; those of `metrics.k8s.io` have their own.
  public static Kinds with(List<ObjectNode> objects) {
    Kinds kinds = new Kinds();
    for (ObjectNode object : objects) {
      String apiVersion = Json.text(object, "apiVersion");
      String name = Json.text(object, "kind");
      if (kinds.named(apiVersion, name).isEmpty()) {
        Kind kind = custom(apiVersion, name, Json.text(object, "metadata", "namespace").isEmpty());
        kinds.byPath.put(apiVersion + "/" + kind.plural(), kind);
      }
    }
    return kinds;
  }

  private static Kind custom(String apiVersion, String name, boolean clusterScoped) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String plural = plural(group, name.toLowerCase(Locale.ROOT));
    return new Kind(
        group,
        apiVersion.substring(slash + 1),
        name,
        plural,
        List.of(),
        List.of(),
        !clusterScoped,
        ALL_VERBS,
        List.of("status"),
        true,
        List.of(NAME, AGE),
        group.isEmpty() ? plural : plural + "." + group);
  }

  private static String plural(String group, String singular) {
    if (group.equals("metrics.k8s.io")) {
      return singular.replace("metrics", "s");
    }
    if (singular.endsWith("s")) {
      return singular + "es";
    }
    return singular.endsWith("y")
        ? singular.substring(0, singular.length() - 1) + "ies"
        : singular + "s";
  }

  /// Every kind, core group first.
  public List<Kind> all() {
    return List.copyOf(byPath.values());
  }

  /// The kind at `apps/v1` and `deployments`.
  public Optional<Kind> at(String apiVersion, String plural) {
    return Optional.ofNullable(byPath.get(apiVersion + "/" + plural));
  }

  /// The kind with this resource name, `deployments.apps`.
  ///
  /// @throws IllegalArgumentException if the demo has no such kind
  public Kind of(String resource) {
    return byPath.values().stream()
        .filter(kind -> kind.resource().equals(resource))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind is called " + resource));
  }

  /// The kind that an object names in its `apiVersion` and `kind`.
  public Optional<Kind> named(String apiVersion, String name) {
    return byPath.values().stream()
        .filter(kind -> kind.apiVersion().equals(apiVersion) && kind.name().equals(name))
        .findFirst();
  }

  /// Group versions without the core one: `apps/v1`, in order.
  public Set<String> groupVersions() {
    Set<String> found = new LinkedHashSet<>();
    for (Kind kind : byPath.values()) {
      if (!kind.group().isEmpty()) {
        found.add(kind.apiVersion());
      }
    }
    return found;
  }

  private static Kind read(JsonNode entry) {
    String group = Json.text(entry, "group");
    String plural = Json.text(entry, "plural");
    String resource = group.isEmpty() ? plural : plural + "." + group;
    List<String> verbs = strings(entry.path("verbs"));
    String storedAs = Json.text(entry, "storedAs");
    return new Kind(
        group,
        entry.path("version").asString("v1"),
        Json.text(entry, "kind"),
        plural,
        strings(entry.path("short")),
        strings(entry.path("categories")),
        !Json.flag(entry, "clusterScoped"),
        verbs.isEmpty() ? ALL_VERBS : verbs,
        strings(entry.path("sub")),
        Json.flag(entry, "generations"),
        columns(entry.path("columns")),
        storedAs.isEmpty() ? resource : storedAs);
  }

  private static List<Column> columns(JsonNode entries) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.isString()) {
        columns.add(entry.asString().equals("age") ? AGE : NAME);
      } else {
        columns.add(
            new Column(
                entry.path(0).asString(),
                entry.path(1).asString(),
                entry.path(2).asString(),
                entry.path(3).asInt(),
                entry.path(4).asString(),
                entry.path(5).asString()));
      }
    }
    return List.copyOf(columns);
  }

  private static List<String> strings(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.forEach(element -> found.add(element.asString()));
    return List.copyOf(found);
  }
}
