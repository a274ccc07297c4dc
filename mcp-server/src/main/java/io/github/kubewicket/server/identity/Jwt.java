package io.github.kubewicket.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/// A signed JWT whose signature nobody has checked yet. What it claims only tells whom to ask.
///
/// @param token as presented
/// @param signed its parts
/// @param claims what it claims
record Jwt(String token, SignedJWT signed, JWTClaimsSet claims) {
  /// A JWT; empty for anything else, such as one that is not signed.
  static Optional<Jwt> parse(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      return claims == null ? Optional.empty() : Optional.of(new Jwt(token, signed, claims));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Who it says issued it; empty for nobody.
  String issuer() {
    return Optional.ofNullable(claims.getIssuer()).orElse("");
  }

  /// What it says it was issued for.
  List<String> audiences() {
    return List.copyOf(claims.getAudience());
  }

  /// When it says it ends.
  Optional<Instant> expires() {
    return Optional.ofNullable(claims.getExpirationTime()).map(Date::toInstant);
  }

  /// Keeps the token out of logs.
  @Override
  public String toString() {
    return "Jwt[…]";
  }
}
