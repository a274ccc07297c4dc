package io.github.kubewicket.server.cluster;

import io.github.kubewicket.server.identity.TokenReviews;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks the API server. No answer of its is repeated: an error may quote the request.
final class ApiTokenReviews implements TokenReviews {
  private static final String VERSION = "authentication.k8s.io/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Api api;

  ApiTokenReviews(Api api) {
    this.api = api;
  }

  @Override
  public Review review(String token, String audience) {
    try {
      return read(api.send(request(token, audience)));
    } catch (ClusterException e) {
      return new Review.Unavailable(
          "The API server cannot be asked about the token (" + e.denial().code() + ").");
    }
  }

  private static ApiRequest request(String token, String audience) {
    ObjectNode review =
        JsonNodeFactory.instance.objectNode().put("apiVersion", VERSION).put("kind", "TokenReview");
    review.putObject("spec").put("token", token).putArray("audiences").add(audience);
    return new ApiRequest(
        "POST",
        "/apis/" + VERSION + "/tokenreviews",
        ApiRequest.JSON,
        Optional.of(ApiRequest.JSON),
        review.toString().getBytes(StandardCharsets.UTF_8),
        PATIENCE);
  }

  private static Review read(ApiAnswer answer) {
    if (answer.status() == 403) {
      return new Review.Unavailable(
          "Kubewicket's own account may not create tokenreviews.authentication.k8s.io; an operator"
              + " has to allow it.");
    }
    if (answer.status() >= 400) {
      return new Review.Unavailable(
          "The API server does not review tokens (status " + answer.status() + ").");
    }
    JsonNode status = LiveView.parse(answer.body()).path("status");
    if (!status.path("authenticated").asBoolean(false)) {
      return new Review.Rejected();
    }
    JsonNode user = status.path("user");
    return new Review.Authenticated(
        user.path("username").asString(""),
        texts(user.path("groups")),
        texts(status.path("audiences")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
