package io.github.kubewicket.server.cluster;

import io.github.kubewicket.policy.canonical.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One writing request: what would be sent, before its preconditions are put in.
///
/// @param verb HTTP method
/// @param path API path with subresource, without query
/// @param contentType the body's media type
/// @param body without preconditions
/// @param preconditions where `uid` and `resourceVersion` go
record Operation(
    String verb, String path, String contentType, ObjectNode body, Preconditions preconditions) {
  private static final Duration TIMEOUT = Duration.ofSeconds(8);

  /// Where a body says which object it is meant for.
  enum Preconditions {
    /// In `metadata`, as a patch has them.
    METADATA,
    /// In `deleteOptions.preconditions`, as an Eviction has them.
    DELETE_OPTIONS
  }

  /// `sha256:` over the body's bytes.
  String bodyHash() {
    return Digests.sha256(bytes(body));
  }

  /// The request that changes nothing and tells what would be.
  ApiRequest dryRun(LiveObject target) {
    return request("?dryRun=All&fieldManager=kubewicket", target);
  }

  /// The request that does it.
  ApiRequest act(LiveObject target) {
    return request("?fieldManager=kubewicket", target);
  }

  private ApiRequest request(String query, LiveObject target) {
    ObjectNode meant = body.deepCopy();
    ObjectNode place =
        switch (preconditions) {
          case METADATA -> meant.withObject("/metadata");
          case DELETE_OPTIONS -> meant.withObject("/deleteOptions/preconditions");
        };
    place.put("uid", target.uid()).put("resourceVersion", target.resourceVersion());
    return new ApiRequest(
        verb, path + query, ApiRequest.JSON, Optional.of(contentType), bytes(meant), TIMEOUT);
  }

  private static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
