package io.github.kubewicket.policy.config;

import io.github.kubewicket.policy.key.PublicKeyText;
import java.util.Base64;
import java.util.Optional;

/// Reads an approver's public key from the file, and says what is wrong with one that is none.
final class PublicKey {
  static final String WHAT =
      "a public key: ed25519: and the base64 of its 32 bytes, as kubewicket key new prints it";
  private static final String PREFIX = "ed25519:";
  private static final int LENGTH = 32;

  private PublicKey() {}

  /// Reads a key. No message ever repeats the text: it could be a private key in the wrong place.
  static Optional<PublicKeyText> read(Field field) {
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
    Optional<PublicKeyText> key = PublicKeyText.parse(text);
    if (key.isEmpty()) {
      field.problem(
          "This is no key of a person but a point for which anybody can sign; make one with"
              + " kubewicket key new.");
    }
    return key;
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
}
