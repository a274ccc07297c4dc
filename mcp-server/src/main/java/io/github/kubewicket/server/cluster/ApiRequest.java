package io.github.kubewicket.server.cluster;

import java.time.Duration;
import java.util.Optional;

/// One request to the API server.
///
/// @param method HTTP method
/// @param path path and query, already percent-encoded, such as
///   `/api/v1/namespaces/shop/pods?limit=500`
/// @param accept the `Accept` header
/// @param contentType the body's media type, where there is a body
/// @param body empty for none
/// @param timeout until the whole answer is there
/// @param as in whose name; empty for the server's own account
record ApiRequest(
    String method,
    String path,
    String accept,
    Optional<String> contentType,
    byte[] body,
    Duration timeout,
    Optional<Identity> as) {
  /// JSON in answers.
  static final String JSON = "application/json";

  /// A request of the server's own account.
  ApiRequest(
      String method,
      String path,
      String accept,
      Optional<String> contentType,
      byte[] body,
      Duration timeout) {
    this(method, path, accept, contentType, body, timeout, Optional.empty());
  }

  /// Reads one path as JSON within 8 seconds.
  static ApiRequest get(String path) {
    return new ApiRequest("GET", path, JSON, Optional.empty(), new byte[0], Duration.ofSeconds(8));
  }

  /// The same request in this name.
  ApiRequest as(Identity identity) {
    return new ApiRequest(method, path, accept, contentType, body, timeout, Optional.of(identity));
  }
}
