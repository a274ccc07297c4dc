package io.github.kubewicket.policy.config;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// An approver's Ed25519 public key as the file spells it: `ed25519:` and the base64 of its 32
/// bytes.
///
/// @param text as it stands in the file
/// @param id `sha256:` and the hex of the digest of the 32 bytes
record PublicKey(String text, String id) {
  static final String WHAT =
      "a public key: ed25519: and the base64 of its 32 bytes, as kubewicket key new prints it";
  private static final String PREFIX = "ed25519:";
  private static final int LENGTH = 32;

  // The y coordinates of the points of small order, little-endian, without the sign bit. Anybody
  // can sign for such a "key". From ge25519_has_small_order in libsodium.
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /// Reads a key. No message ever repeats the text: it could be a private key in the wrong place.
  static Optional<PublicKey> read(Field field) {
    if (!(field.value() instanceof Yaml.Text(String text, boolean _, var _))) {
      return field.unexpected(WHAT);
    }
    Optional<byte[]> bytes = text.startsWith(PREFIX) ? decode(text) : Optional.empty();
    if (bytes.isEmpty()) {
      field.problem("This is not " + WHAT + ".");
      return Optional.empty();
    }
    if (bytes.get().length != LENGTH) {
      field.problem(
          "The key has " + bytes.get().length + " bytes instead of 32; expected " + WHAT + ".");
      return Optional.empty();
    }
    if (isForgeable(bytes.get())) {
      field.problem(
          "This is no key of a person but a point for which anybody can sign; make one with"
              + " kubewicket key new.");
      return Optional.empty();
    }
    return Optional.of(new PublicKey(text, Digests.sha256(bytes.get())));
  }

  private static Optional<byte[]> decode(String text) {
    String base64 = text.substring(PREFIX.length());
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Base64.getEncoder().encodeToString(bytes).equals(base64)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isForgeable(byte[] key) {
    byte[] y = Arrays.copyOf(key, LENGTH);
    y[LENGTH - 1] &= 0x7f;
    return SMALL_ORDER.contains(HexFormat.of().formatHex(y)) || isOverfull(y);
  }

  // y of at least p = 2^255 - 19 is a second spelling of a smaller y; RFC 8032 5.1.3 refuses it.
  private static boolean isOverfull(byte[] y) {
    for (int i = 1; i < LENGTH - 1; i++) {
      if (y[i] != (byte) 0xff) {
        return false;
      }
    }
    return y[LENGTH - 1] == 0x7f && (y[0] & 0xff) >= 0xed;
  }
}
