package io.github.kubewicket.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.ServiceAccountSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks tokens of ServiceAccounts by asking Kubernetes. Only a token that says it is for us is
/// ever sent there: one for the API server, or for somebody else, stays here.
final class ServiceAccountTokens {
  private static final Duration GOOD = Duration.ofSeconds(60);
  private static final Duration BAD = Duration.ofSeconds(10);
  private static final int MOST = 10_000;
  private static final int AT_A_TIME = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Pattern ACCOUNT =
      Pattern.compile("system:serviceaccount:([a-z0-9-]{1,63}):([a-z0-9.-]{1,253})");

  /// What was asked: the same token may be good for one audience and not for another.
  private record Question(String sha256, String audience) {}

  private final TokenReviews reviews;
  private final InstantSource clock;
  private final Semaphore asking = new Semaphore(AT_A_TIME);
  private final Cache<Question, TokenReviews.Review> answers;

  ServiceAccountTokens(TokenReviews reviews, InstantSource clock, Ticker ticker) {
    this.reviews = reviews;
    this.clock = clock;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(ticker)
            .expireAfter(
                Expiry.<Question, TokenReviews.Review>writing((_, review) ->
                    review instanceof TokenReviews.Review.Authenticated ? GOOD : BAD))
            .build();
  }

  /// Whether the token says that it is for us.
  static boolean concerns(Jwt jwt, ServiceAccountSettings settings) {
    return jwt.audiences().contains(settings.audience());
  }

  /// Checks one token.
  Authentication check(Jwt jwt, ServiceAccountSettings settings) {
    Instant now = clock.instant();
    if (jwt.expires().filter(now::isBefore).isEmpty()) {
      return Authentication.Refused.invalid("The token has expired, or never does.");
    }
    Question question = new Question(Hashes.sha256(jwt.token()), settings.audience());
    TokenReviews.Review known = answers.getIfPresent(question);
    TokenReviews.Review review = known == null ? ask(jwt, question) : known;
    return switch (review) {
      case TokenReviews.Review.Authenticated good -> caller(good, settings);
      case TokenReviews.Review.Rejected() ->
          Authentication.Refused.invalid("Kubernetes does not know the token.");
      case TokenReviews.Review.Unavailable(String message) ->
          new Authentication.Unavailable(message);
    };
  }

  /// Asks, a few at a time: made-up tokens must not become a flood behind the API server's doors.
  private TokenReviews.Review ask(Jwt jwt, Question question) {
    try {
      if (!asking.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new TokenReviews.Review.Unavailable(
            "Too many tokens wait for Kubernetes' answer; call again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TokenReviews.Review.Unavailable("The call was cancelled.");
    }
    try {
      TokenReviews.Review review = reviews.review(jwt.token(), question.audience());
      if (!(review instanceof TokenReviews.Review.Unavailable)) {
        answers.put(question, review);
      }
      return review;
    } finally {
      asking.release();
    }
  }

  private static Authentication caller(
      TokenReviews.Review.Authenticated good, ServiceAccountSettings settings) {
    // An API server that knows nothing of audiences answers without them.
    if (!good.audiences().contains(settings.audience())) {
      return Authentication.Refused.invalid(
          "Kubernetes does not say that the token is for " + settings.audience() + ".");
    }
    Matcher account = ACCOUNT.matcher(good.username());
    if (!account.matches()) {
      return Authentication.Refused.invalid("The token is not one of a ServiceAccount.");
    }
    Optional<String> fault = Groups.fault(good.groups(), true);
    if (fault.isPresent()) {
      return Authentication.Refused.invalid("The token's groups do not fit: " + fault.get() + ".");
    }
    String namespace = account.group(1);
    String name = account.group(2);
    Set<String> scopes =
        settings.mayWrite(namespace, name)
            ? Set.of(Caller.READ, Caller.WRITE)
            : Set.of(Caller.READ);
    return Names.caller("sa:", namespace + "/" + name, Set.copyOf(good.groups()), scopes)
        .<Authentication>map(Authentication.Known::new)
        .orElseGet(() ->
            Authentication.Refused.invalid(
                "The ServiceAccount's name is too long for a caller's name."));
  }
}
