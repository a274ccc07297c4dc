package io.github.kubewicket.policy.key;

import io.github.kubewicket.policy.canonical.Digests;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// An Ed25519 public key as people copy it: `ed25519:` and the base64 of its 32 bytes.
///
/// @param text the only spelling of this key: standard alphabet, padded, no spaces
public record PublicKeyText(String text) {
  private static final String PREFIX = "ed25519:";
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /// One of the two y coordinates of the points of order 8; the other is its negative. From
  /// libsodium's `ge25519_has_small_order`.
  private static final BigInteger ORDER_8 =
      new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

  /// The y coordinates of the points of order 1, 2, 4 and 8. Anybody can sign for such a key.
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          ORDER_8,
          P.subtract(ORDER_8));

  /// Refuses anything that [#parse] would refuse.
  public PublicKeyText {
    if (decode(text).isEmpty()) {
      throw new IllegalArgumentException(
          "A public key is \"ed25519:\" and the base64 of its 32 bytes.");
    }
  }

  /// The key that the text spells; empty where it spells none, spells it in another way than
  /// [#text], or spells one that anybody could sign for.
  public static Optional<PublicKeyText> parse(String text) {
    return decode(text).isPresent() ? Optional.of(new PublicKeyText(text)) : Optional.empty();
  }

  /// The spelling of a key.
  public static PublicKeyText of(PublicKey key) {
    if (!(key instanceof EdECPublicKey edKey)) {
      throw new IllegalArgumentException("The key is not an Ed25519 public key.");
    }
    byte[] bytes = littleEndian(edKey.getPoint().getY());
    if (edKey.getPoint().isXOdd()) {
      bytes[31] |= (byte) 0x80;
    }
    return new PublicKeyText(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /// The key's fingerprint, which names it everywhere (`kid`, `keyId`, a checkpoint's origin):
  /// `sha256:` and the hex SHA-256 of the 32 key bytes.
  public String keyId() {
    return Digests.sha256(Base64.getDecoder().decode(text.substring(PREFIX.length())));
  }

  /// The key, to verify with.
  public PublicKey key() {
    return decode(text).orElseThrow();
  }

  private static Optional<PublicKey> decode(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      String base64 = text.substring(PREFIX.length());
      byte[] bytes = Base64.getDecoder().decode(base64);
      boolean oneSpelling = Base64.getEncoder().encodeToString(bytes).equals(base64);
      return oneSpelling && bytes.length == 32 ? decode(bytes) : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> decode(byte[] bytes) throws GeneralSecurityException {
    boolean odd = (bytes[31] & 0x80) != 0;
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[31 - i] = bytes[i];
    }
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(P) >= 0 || SMALL_ORDER.contains(y)) {
      return Optional.empty();
    }
    PublicKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y)));
    return Optional.of(key);
  }

  private static byte[] littleEndian(BigInteger y) {
    byte[] bigEndian = y.toByteArray();
    byte[] bytes = new byte[32];
    for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return Arrays.copyOf(bytes, 32);
  }

  @Override
  public String toString() {
    return text;
  }
}
