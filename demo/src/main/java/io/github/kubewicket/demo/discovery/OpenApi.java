package io.github.kubewicket.demo.discovery;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.kind.Kind;
import io.github.kubewicket.demo.kind.Kinds;
import io.github.kubewicket.demo.store.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAPI v3: an index and one document per group version, made when first asked for. They
/// describe the fields that the demo itself knows, not all of Kubernetes. `schemas.json` has a line
/// per field: its type, a bar, its description.
public final class OpenApi {
  private static final String REF = "#/components/schemas/";

  private final Kinds kinds;
  private final Discovery discovery;
  private final Map<String, ObjectNode> documents = new ConcurrentHashMap<>();

  /// Describes the kinds.
  public OpenApi(Kinds kinds, Discovery discovery) {
    this.kinds = kinds;
    this.discovery = discovery;
  }

  /// `/openapi/v3`.
  public ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    add(paths, "api/v1", "v1");
    discovery.versions().forEach(version -> add(paths, "apis/" + version, version));
    return index;
  }

  /// `/openapi/v3/api/v1` and `/openapi/v3/apis/<group>/<version>`.
  public Optional<ObjectNode> document(String apiVersion) {
    boolean served = apiVersion.equals("v1") || discovery.versions().contains(apiVersion);
    return served
        ? Optional.of(documents.computeIfAbsent(apiVersion, this::make))
        : Optional.empty();
  }

  private static void add(ObjectNode paths, String path, String apiVersion) {
    Json.child(paths, path)
        .put(
            "serverRelativeURL",
            "/openapi/v3/" + path + "?hash=" + Names.hash(Json.object().put("of", apiVersion)));
  }

  private ObjectNode make(String apiVersion) {
    JsonNode all = Json.resource(OpenApi.class, "schemas.json");
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    Json.child(document, "info").put("title", "Kubernetes").put("version", "v1.34.1+demo");
    ObjectNode paths = Json.child(document, "paths");
    ObjectNode schemas = Json.child(document, "components", "schemas");
    Set<String> wanted = new TreeSet<>();
    for (Kind kind : kinds.all()) {
      if (kind.apiVersion().equals(apiVersion)) {
        String name = schemaName(kind);
        wanted.add(name);
        path(paths, kind);
        schemas.set(name, schema(all, name, kind));
      }
    }
    references(all, wanted);
    for (String name : wanted) {
      if (!schemas.has(name)) {
        schemas.set(name, schema(all, name, null));
      }
    }
    return document;
  }

  /// Adds what the schemas refer to.
  private static void references(JsonNode all, Set<String> wanted) {
    for (String name : List.copyOf(wanted)) {
      for (JsonNode field : Json.at(all, name, "fields")) {
        String type = field.asString().split("\\|", 2)[0].trim().replace("[]", "");
        if (type.startsWith("io.") && wanted.add(type)) {
          references(all, wanted);
        }
      }
    }
    wanted.add("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
  }

  private static void path(ObjectNode paths, Kind kind) {
    String root = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion();
    String path =
        root + (kind.namespaced() ? "/namespaces/{namespace}/" : "/") + kind.plural() + "/{name}";
    ObjectNode get = Json.child(paths, path, "get");
    get.put("x-kubernetes-action", "get");
    kind(Json.child(get, "x-kubernetes-group-version-kind"), kind);
  }

  private static ObjectNode schema(
      JsonNode all, String name, @org.jspecify.annotations.Nullable Kind kind) {
    ObjectNode schema = Json.object();
    JsonNode source = all.path(name);
    schema.put("type", "object");
    schema.put("description", Json.text(source, "description"));
    ObjectNode properties = schema.putObject("properties");
    if (kind != null) {
      properties.set("apiVersion", field("string|The versioned schema of this object."));
      properties.set("kind", field("string|The kind of this object."));
      properties.set(
          "metadata",
          field(
              "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta|Standard object metadata: name,"
                  + " namespace, labels, annotations."));
    }
    for (Map.Entry<String, JsonNode> entry : source.path("fields").properties()) {
      properties.set(entry.getKey(), field(entry.getValue().asString()));
    }
    JsonNode required = source.path("required");
    if (required.isArray()) {
      schema.set("required", required);
    }
    if (kind != null) {
      kind(schema.putArray("x-kubernetes-group-version-kind").addObject(), kind);
    }
    return schema;
  }

  private static ObjectNode field(String text) {
    String[] parts = text.split("\\|", 2);
    String type = parts[0].trim();
    ObjectNode field = Json.object();
    field.put("description", parts.length > 1 ? parts[1].trim() : "");
    if (type.endsWith("[]")) {
      field.put("type", "array").set("items", plain(type.substring(0, type.length() - 2)));
    } else if (type.equals("map")) {
      field.put("type", "object").set("additionalProperties", plain("string"));
    } else if (type.startsWith("io.")) {
      field.putArray("allOf").addObject().put("$ref", REF + type);
    } else {
      field.setAll(plain(type));
    }
    return field;
  }

  private static ObjectNode plain(String type) {
    ObjectNode node = Json.object();
    return switch (type) {
      case "int32" -> node.put("type", "integer").put("format", "int32");
      case "int-or-string" ->
          node.put("format", "int-or-string")
              .set(
                  "oneOf",
                  Json.array()
                      .add(Json.object().put("type", "integer"))
                      .add(Json.object().put("type", "string")));
      case "time" -> node.put("type", "string").put("format", "date-time");
      default -> type.startsWith("io.") ? node.put("$ref", REF + type) : node.put("type", type);
    };
  }

  private static void kind(ObjectNode node, Kind kind) {
    node.put("group", kind.group()).put("version", kind.version()).put("kind", kind.name());
  }

  /// The name under which Kubernetes publishes the schema of a kind.
  private static String schemaName(Kind kind) {
    return switch (kind.group()) {
      case "" -> "io.k8s.api.core.v1." + kind.name();
      case "events.k8s.io" -> "io.k8s.api.events.v1." + kind.name();
      case "apiextensions.k8s.io" ->
          "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1." + kind.name();
      case "example.com" -> "com.example.v1." + kind.name();
      default -> "io.k8s.api." + kind.group() + "." + kind.version() + "." + kind.name();
    };
  }
}
