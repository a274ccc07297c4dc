package io.github.kubewicket.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import io.github.kubewicket.policy.key.Ed25519;
import java.security.Key;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.Set;

/// Makes the verifiers of signatures: the library's, and the Java platform's for Ed25519.
final class SignatureVerifiers implements JWSVerifierFactory {
  private final DefaultJWSVerifierFactory usual = new DefaultJWSVerifierFactory();

  @Override
  public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
    if (!header.getAlgorithm().equals(JWSAlgorithm.EdDSA)) {
      return usual.createJWSVerifier(header, key);
    }
    if (key instanceof PublicKey publicKey && header.getCriticalParams() == null) {
      return new EdDsa(publicKey);
    }
    throw new JOSEException("no Ed25519 key, or a header that has to be understood");
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    Set<JWSAlgorithm> all = new LinkedHashSet<>(usual.supportedJWSAlgorithms());
    all.add(JWSAlgorithm.EdDSA);
    return all;
  }

  @Override
  public JCAContext getJCAContext() {
    return usual.getJCAContext();
  }

  private static final class EdDsa implements JWSVerifier {
    private final PublicKey key;
    private final JCAContext context = new JCAContext();

    EdDsa(PublicKey key) {
      this.key = key;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
      return Ed25519.verifies(key, signed, signature.decode());
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
      return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
      return context;
    }
  }
}
