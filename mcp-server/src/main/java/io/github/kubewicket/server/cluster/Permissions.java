package io.github.kubewicket.server.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks Kubernetes what the server's own account may do (SelfSubjectAccessReview,
/// SelfSubjectRulesReview).
public final class Permissions {
  private static final String VERSION = "authorization.k8s.io/v1";

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
    return may(verb, group, resource, namespace, "");
  }

  /// Whether the account may do this to the one object with this name, or to all of them where the
  /// name is empty.
  ///
  /// @param resource plural, with its subresource after a slash, such as `deployments/scale`
  /// @param namespace empty for all namespaces
  /// @throws ClusterException when the cluster does not answer
  public boolean may(String verb, String group, String resource, String namespace, String name) {
    ObjectNode review = review("SelfSubjectAccessReview");
    int slash = resource.indexOf('/');
    ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
    attributes
        .put("verb", verb)
        .put("group", group)
        .put("resource", slash < 0 ? resource : resource.substring(0, slash))
        .put("subresource", slash < 0 ? "" : resource.substring(slash + 1))
        .put("namespace", namespace)
        .put("name", name);
    return ask(review, "selfsubjectaccessreviews").path("allowed").asBoolean(false);
  }

  /// What is allowed by one rule of a role.
  ///
  /// @param verbs such as `patch`; `*` for all
  /// @param groups API groups, empty for the core group; `*` for all
  /// @param resources plural, with a subresource after a slash; `*` for all
  public record Allowed(Set<String> verbs, Set<String> groups, Set<String> resources) {
    /// Copies the sets.
    public Allowed {
      verbs = Set.copyOf(verbs);
      groups = Set.copyOf(groups);
      resources = Set.copyOf(resources);
    }
  }

  /// All that the account may do in this namespace as far as the API server can list it; rights
  /// that a webhook gives are not among it.
  ///
  /// @throws ClusterException when the cluster does not answer
  public List<Allowed> all(String namespace) {
    ObjectNode review = review("SelfSubjectRulesReview");
    review.putObject("spec").put("namespace", namespace);
    List<Allowed> all = new ArrayList<>();
    for (JsonNode rule : ask(review, "selfsubjectrulesreviews").path("resourceRules")) {
      all.add(
          new Allowed(
              texts(rule.path("verbs")),
              texts(rule.path("apiGroups")),
              texts(rule.path("resources"))));
    }
    return all;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  private static ObjectNode review(String kind) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", VERSION).put("kind", kind);
  }

  private JsonNode ask(ObjectNode review, String resource) {
    ApiAnswer answer =
        api.send(
            new ApiRequest(
                "POST",
                "/apis/" + VERSION + "/" + resource,
                ApiRequest.JSON,
                Optional.of(ApiRequest.JSON),
                review.toString().getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(8)));
    if (answer.status() >= 400) {
      throw ApiErrors.of(answer);
    }
    return LiveView.parse(answer.body()).path("status");
  }
}
