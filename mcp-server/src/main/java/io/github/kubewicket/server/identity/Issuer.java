package io.github.kubewicket.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.kubewicket.policy.settings.OauthSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the JWTs of one issuer (RFC 7519, RFC 9068).
final class Issuer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);

  private final OauthSettings settings;
  private final JWKSource<SecurityContext> keys;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /// Asks for no key yet.
  Issuer(OauthSettings settings, InstantSource clock) {
    this.settings = settings;
    this.keys = IssuerKeys.of(settings.jwks());
    Set<JWSAlgorithm> algorithms =
        settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    // Issuers such as Dex leave the type out.
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            JOSEObjectType.JWT,
            null));
    processor.setJWSKeySelector(new SignatureKeys(algorithms, keys));
    processor.setJWSVerifierFactory(new SignatureVerifiers());
    ClaimCheck check = new ClaimCheck(settings, clock);
    processor.setJWTClaimsSetVerifier((claims, _) -> check.verify(claims));
  }

  OauthSettings settings() {
    return settings;
  }

  /// Checks one token.
  Authentication check(Jwt jwt) {
    try {
      JWTClaimsSet claims = processor.process(jwt.signed(), null);
      return Claims.caller(settings, claims);
    } catch (BadJWTException e) {
      // Our own words, from ClaimCheck.
      return Authentication.Refused.invalid(String.valueOf(e.getMessage()));
    } catch (BadJOSEException e) {
      return Authentication.Refused.invalid(
          "The token's signature, algorithm or type does not fit its issuer.");
    } catch (KeySourceException e) {
      LOG.warn("issuer={} its keys cannot be read: {}", settings.name(), e.getMessage());
      return new Authentication.Unavailable(
          "The keys of the token's issuer cannot be read now; call again in a moment.");
    } catch (JOSEException e) {
      return Authentication.Refused.invalid("The token's signature cannot be checked.");
    }
  }

  @Override
  public void close() throws IOException {
    if (keys instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
