package io.github.kubewicket.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a token's claims make it one for us and for now (RFC 7519, section 4.1).
final class ClaimCheck {
  /// How far the issuer's clock may be from ours.
  static final Duration SKEW = Duration.ofSeconds(60);

  private final OauthSettings settings;
  private final InstantSource clock;

  ClaimCheck(OauthSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// @throws BadJWTException with one sentence for people, which repeats nothing of the token
  void verify(JWTClaimsSet claims) throws BadJWTException {
    if (!settings.issuer().equals(claims.getIssuer())) {
      throw new BadJWTException("The token is of another issuer.");
    }
    if (!claims.getAudience().contains(settings.audience())) {
      throw new BadJWTException(
          "The token was issued for another audience than " + settings.audience() + ".");
    }
    if (claims.getClaim("sub") == null) {
      throw new BadJWTException("The token does not say whose it is (sub).");
    }
    Optional<Instant> ends = instant(claims.getExpirationTime());
    if (ends.isEmpty()) {
      throw new BadJWTException("The token does not say when it expires (exp).");
    }
    Instant now = clock.instant();
    if (!now.isBefore(ends.get().plus(SKEW))) {
      throw new BadJWTException("The token has expired.");
    }
    if (instant(claims.getNotBeforeTime()).filter(it -> now.isBefore(it.minus(SKEW))).isPresent()) {
      throw new BadJWTException("The token is not valid yet.");
    }
  }

  private static Optional<Instant> instant(@Nullable Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }
}
