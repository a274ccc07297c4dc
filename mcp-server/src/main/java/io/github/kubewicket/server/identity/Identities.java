package io.github.kubewicket.server.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.ledger.Ledger;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.policy.settings.OauthSettings;
import io.github.kubewicket.policy.settings.ServiceAccountSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out who is calling, by whatever was presented: a bearer token decides where there is one,
/// and a client certificate where there is none. Nothing is tried twice: what a token looks like
/// tells who is asked about it.
public final class Identities implements Authenticator, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Identities.class);
  private static final int LONGEST_TOKEN = 8_192;

  private final Supplier<HttpSettings> settings;
  private final BearerTokens tokens;
  private final Issuers issuers;
  private final ServiceAccountTokens accounts;
  private final ClientCertificates certificates;

  /// Opens and asks nothing yet.
  ///
  /// @param settings as `tools.yaml` says them now, or said them when it was right last
  /// @param ledger opened at its first use
  public Identities(
      Supplier<HttpSettings> settings,
      Supplier<Ledger> ledger,
      TokenReviews reviews,
      InstantSource clock) {
    this(settings, ledger, reviews, clock, Ticker.systemTicker());
  }

  Identities(
      Supplier<HttpSettings> settings,
      Supplier<Ledger> ledger,
      TokenReviews reviews,
      InstantSource clock,
      Ticker ticker) {
    this.settings = settings;
    this.tokens = new BearerTokens(ledger, clock, ticker);
    this.issuers = new Issuers(clock);
    this.accounts = new ServiceAccountTokens(reviews, clock, ticker);
    this.certificates = new ClientCertificates(clock);
  }

  @Override
  public Authentication authenticate(Credentials presented) {
    try {
      HttpSettings now = settings.get();
      if (presented.bearer().isPresent()) {
        return bearer(presented.bearer().get(), now);
      }
      return presented.certificates().isEmpty() || now.certificates().isEmpty()
          ? Authentication.Refused.nothing()
          : certificates.check(presented.certificates(), now.certificates().get());
    } catch (RuntimeException e) {
      // The exception's text may repeat what was presented.
      LOG.error("authentication failed in {}", e.getClass().getName());
      return new Authentication.Unavailable(
          "Something in Kubewicket failed; the server's log has the details.");
    }
  }

  private Authentication bearer(String token, HttpSettings now) {
    if (token.length() > LONGEST_TOKEN) {
      return Authentication.Refused.invalid(
          "The token is longer than " + LONGEST_TOKEN + " characters.");
    }
    if (token.startsWith(TokenText.PREFIX)) {
      return now.tokens()
          ? tokens.check(token)
          : Authentication.Refused.invalid("This server does not take tokens of its own.");
    }
    return Jwt.parse(token)
        .map(jwt -> jwt(jwt, now))
        .orElseGet(() ->
            Authentication.Refused.invalid("This is neither a token of this server nor a JWT."));
  }

  private Authentication jwt(Jwt jwt, HttpSettings now) {
    Optional<OauthSettings> issuer =
        now.oauth().stream().filter(it -> it.issuer().equals(jwt.issuer())).findFirst();
    if (issuer.isPresent()) {
      return issuers.of(issuer.get(), now.oauth()).check(jwt);
    }
    Optional<ServiceAccountSettings> own =
        now.serviceAccounts().filter(it -> ServiceAccountTokens.concerns(jwt, it));
    return own.isPresent()
        ? accounts.check(jwt, own.get())
        : Authentication.Refused.invalid(
            "The token is of no issuer that this server knows, or was not issued for it.");
  }

  @Override
  public void close() {
    issuers.close();
  }
}
