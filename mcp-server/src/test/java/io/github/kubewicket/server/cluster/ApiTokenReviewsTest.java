package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.identity.TokenReviews.Review;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokenReviewsTest {
  private final List<ApiRequest> asked = new ArrayList<>();

  @Test
  void asksForOurAudienceAndReadsWhoseTheTokenIs() {
    Review review =
        answered(
                201,
                """
                {"status":{"authenticated":true,"audiences":["kubewicket"],
                "user":{"username":"system:serviceaccount:agents:a","groups":["g"]}}}
                """)
            .review("a.b.c", "kubewicket");

    assertThat(review)
        .isEqualTo(
            new Review.Authenticated(
                "system:serviceaccount:agents:a", List.of("g"), List.of("kubewicket")));
    assertThat(asked)
        .singleElement()
        .satisfies(request -> {
          assertThat(request.method()).isEqualTo("POST");
          assertThat(request.path()).isEqualTo("/apis/authentication.k8s.io/v1/tokenreviews");
          assertThat(new String(request.body(), StandardCharsets.UTF_8))
              .contains("\"spec\":{\"token\":\"a.b.c\",\"audiences\":[\"kubewicket\"]}");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":{\"error\":\"expired\"}}",
        "{\"status\":{\"authenticated\":\"yes\",\"user\":{\"username\":\"a\"}}}",
        "{}"
      })
  void whatIsNotSaidToBeGoodIsNot(String body) {
    assertThat(answered(201, body).review("a.b.c", "kubewicket")).isEqualTo(new Review.Rejected());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 500})
  void anErrorIsNoAnswerAndIsNotRepeated(int status) {
    Review review =
        answered(status, "{\"message\":\"token a.b.c is bad\"}").review("a.b.c", "kubewicket");

    assertThat(review).isInstanceOf(Review.Unavailable.class);
    assertThat(review.toString()).doesNotContain("a.b.c");
  }

  @Test
  void neitherIsASilentOrBabblingApiServer() {
    ApiTokenReviews silent =
        reviews(() -> {
          throw new ClusterException(Reason.CLUSTER_UNAVAILABLE, "no route", "look");
        });

    assertThat(silent.review("a.b.c", "kubewicket")).isInstanceOf(Review.Unavailable.class);
    assertThat(answered(200, "<html>").review("a.b.c", "kubewicket"))
        .isInstanceOf(Review.Unavailable.class);
  }

  private ApiTokenReviews answered(int status, String body) {
    return reviews(() ->
        new ApiAnswer(status, body.getBytes(StandardCharsets.UTF_8), List.of(), Optional.empty()));
  }

  private ApiTokenReviews reviews(Supplier<ApiAnswer> answer) {
    return new ApiTokenReviews(
        new Api() {
          @Override
          public ApiAnswer send(ApiRequest request) {
            asked.add(request);
            return answer.get();
          }

          @Override
          public InputStream open(ApiRequest request) {
            throw new IllegalStateException("nothing is streamed");
          }
        });
  }
}
