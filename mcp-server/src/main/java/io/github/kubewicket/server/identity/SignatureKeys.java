package io.github.kubewicket.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the keys that may have made a signature: public ones of the issuer, of the kind that the
/// algorithm needs. The library's own selector leaves out Ed25519, for which it wants another
/// library; the Java platform has it.
final class SignatureKeys implements JWSKeySelector<SecurityContext> {
  private static final int MOST = 10;
  // SubjectPublicKeyInfo of an Ed25519 key, up to its 32 bytes (RFC 8410).
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Set<JWSAlgorithm> algorithms;
  private final JWKSource<SecurityContext> source;

  SignatureKeys(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> source) {
    this.algorithms = Set.copyOf(algorithms);
    this.source = source;
  }

  @Override
  public List<? extends Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context)
      throws KeySourceException {
    if (!algorithms.contains(header.getAlgorithm())) {
      return List.of();
    }
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    if (matcher == null) {
      return List.of();
    }
    List<Key> keys = new ArrayList<>();
    for (JWK key : source.get(new JWKSelector(matcher), context)) {
      if (keys.size() < MOST) {
        publicKey(key).ifPresent(keys::add);
      }
    }
    return keys;
  }

  private static Optional<Key> publicKey(JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa -> Optional.of(rsa.toRSAPublicKey());
        case ECKey ec -> Optional.of(ec.toECPublicKey());
        case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
            ed25519(pair.getDecodedX());
        default -> Optional.empty();
      };
    } catch (JOSEException e) {
      return Optional.empty();
    }
  }

  private static Optional<Key> ed25519(byte[] x) {
    byte[] der = new byte[ED25519.length + x.length];
    System.arraycopy(ED25519, 0, der, 0, ED25519.length);
    System.arraycopy(x, 0, der, ED25519.length, x.length);
    try {
      return Optional.of(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
