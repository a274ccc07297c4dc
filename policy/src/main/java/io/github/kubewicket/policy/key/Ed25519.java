package io.github.kubewicket.policy.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/// Ed25519 (RFC 8032) as the Java platform has it.
public final class Ed25519 {
  private Ed25519() {}

  /// A new key pair.
  public static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /// The key pair whose private half is this PKCS#8 structure; empty where it is no Ed25519 key.
  public static Optional<KeyPair> fromPkcs8(byte[] der) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (!(key instanceof EdECPrivateKey edKey) || edKey.getBytes().isEmpty()) {
        return Optional.empty();
      }
      // PKCS#8 holds the 32 random bytes but not the public key, and the platform offers no way
      // from one to the other except the generator, which draws exactly these 32 bytes.
      KeyPair derived = generate(new Replay(edKey.getBytes().get()));
      byte[] probe = {1};
      return verifies(derived.getPublic(), probe, sign(key, probe))
          ? Optional.of(new KeyPair(derived.getPublic(), key))
          : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// The 64 bytes of the signature.
  public static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /// Whether the signature is this key's over this message; false for anything malformed.
  public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    if (!(key instanceof EdECPublicKey)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException("This Java platform cannot use Ed25519.", cause);
  }

  private static final class Replay extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Replay(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
