package io.github.kubewicket.server.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks Kubernetes what the server's own account may do (SelfSubjectAccessReview).
public final class Permissions {
  private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final Api api;

  Permissions(Api api) {
    this.api = api;
  }

  /// Whether the account may do this.
  ///
  /// @param resource plural, with its subresource after a slash, such as `deployments/scale`
  /// @param namespace empty for all namespaces
  /// @throws ClusterException when the cluster does not answer
  public boolean may(String verb, String group, String resource, String namespace) {
    ObjectNode review =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("kind", "SelfSubjectAccessReview");
    int slash = resource.indexOf('/');
    ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
    attributes
        .put("verb", verb)
        .put("group", group)
        .put("resource", slash < 0 ? resource : resource.substring(0, slash))
        .put("subresource", slash < 0 ? "" : resource.substring(slash + 1))
        .put("namespace", namespace);
    ApiAnswer answer =
        api.send(
            new ApiRequest(
                "POST",
                PATH,
                ApiRequest.JSON,
                Optional.of(ApiRequest.JSON),
                review.toString().getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(8)));
    if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    }
    return LiveView.parse(answer.body()).path("status").path("allowed").asBoolean(false);
  }
}
