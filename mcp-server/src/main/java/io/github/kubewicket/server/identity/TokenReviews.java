package io.github.kubewicket.server.identity;

import java.util.List;

/// Asks Kubernetes whose token it is
/// (<https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/>).
public interface TokenReviews {
  /// Asks about one token. Never throws.
  ///
  /// @param audience what the token has to be issued for
  Review review(String token, String audience);

  /// The answer.
  sealed interface Review {
    /// The token is good.
    ///
    /// @param audiences the audiences of ours that it is good for
    record Authenticated(String username, List<String> groups, List<String> audiences)
        implements Review {
      /// Copies the lists.
      public Authenticated {
        groups = List.copyOf(groups);
        audiences = List.copyOf(audiences);
      }
    }

    /// The token is not good.
    record Rejected() implements Review {}

    /// There is no answer.
    ///
    /// @param message one sentence for people
    record Unavailable(String message) implements Review {}
  }
}
