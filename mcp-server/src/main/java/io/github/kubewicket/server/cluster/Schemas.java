package io.github.kubewicket.server.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Finds the schema of a kind: in OpenAPI 3 where the cluster serves it (one document per group and
/// version, 1.24 and newer), else in OpenAPI 2 (one document for all), else in the kind's own
/// CustomResourceDefinition.
final class Schemas {
  private static final String ALL = "/openapi/v2";
  private static final long MAX_KEPT = 16L << 20;

  private final Api api;
  private final Discovery discovery;
  private final Cache<String, SchemaDocument> documents;

  Schemas(Api api, Discovery discovery, Ticker ticker) {
    this.api = api;
    this.discovery = discovery;
    this.documents =
        Caffeine.newBuilder()
            .maximumWeight(MAX_KEPT)
            .<String, SchemaDocument>weigher((path, document) -> document.bytes() + 1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .ticker(ticker)
            .build();
  }

  /// What the kind is made of, at this path.
  ///
  /// @throws ClusterException `BAD_ARGS` for an unknown field, `NOT_FOUND` where there is no schema
  KindSchema of(KindInfo kind, List<String> path) {
    Optional<SchemaDocument> document = versionThree(kind);
    if (document.isEmpty()) {
      document = document(ALL);
    }
    if (document.isPresent()) {
      SchemaDocument known = document.get();
      Optional<JsonNode> root = known.of(kind);
      if (root.isPresent() && root.get().has("properties")) {
        return new SchemaWalk(known::named).at(root.get(), path);
      }
    }
    JsonNode root =
        custom(kind)
            .orElseThrow(() ->
                new ClusterException(
                    Reason.NOT_FOUND,
                    "The cluster publishes no schema for " + kind.kind() + ".",
                    "Look at an object of this kind with get_resource."));
    return new SchemaWalk(name -> Optional.empty()).at(root, path);
  }

  private Optional<SchemaDocument> versionThree(KindInfo kind) {
    ApiAnswer index = api.send(ApiRequest.get("/openapi/v3"));
    if (index.status() >= 400) {
      return Optional.empty();
    }
    String group =
        (kind.group().isEmpty() ? "api/" : "apis/" + kind.group() + "/") + kind.version();
    String address =
        LiveView.parse(index.body())
            .path("paths")
            .path(group)
            .path("serverRelativeURL")
            .asString("");
    return address.startsWith("/openapi/") ? document(address) : Optional.empty();
  }

  private Optional<SchemaDocument> document(String path) {
    SchemaDocument known = documents.getIfPresent(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SchemaDocument> fetched = fetch(path);
    fetched.ifPresent(document -> documents.put(path, document));
    return fetched;
  }

  private Optional<SchemaDocument> fetch(String path) {
    try (InputStream body = api.open(ApiRequest.get(path))) {
      return Optional.of(SchemaDocument.read(body));
    } catch (ClusterException e) {
      if (e.denial().code() == Reason.NOT_FOUND
          || e.denial().code() == Reason.UNKNOWN_KIND
          || e.denial().code() == Reason.FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException | JacksonException e) {
      throw new ClusterException(
          Reason.CLUSTER_ERROR, "The cluster's schema document broke off.", "Call again.");
    }
  }

  private Optional<JsonNode> custom(KindInfo kind) {
    KindInfo definitions;
    try {
      definitions = discovery.kind("customresourcedefinitions.apiextensions.k8s.io");
    } catch (ClusterException e) {
      return Optional.empty();
    }
    ApiAnswer answer =
        api.send(
            ApiRequest.get(
                ApiPaths.object(
                    definitions, Optional.empty(), kind.plural() + "." + kind.group())));
    if (answer.status() >= 400) {
      return Optional.empty();
    }
    JsonNode spec = LiveView.parse(answer.body()).path("spec");
    for (JsonNode version : spec.path("versions")) {
      JsonNode schema = version.path("schema").path("openAPIV3Schema");
      if (version.path("name").asString("").equals(kind.version()) && schema.isObject()) {
        return Optional.of(schema);
      }
    }
    JsonNode schema = spec.path("validation").path("openAPIV3Schema");
    return schema.isObject() ? Optional.of(schema) : Optional.empty();
  }
}
