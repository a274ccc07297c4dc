package io.github.kubewicket.policy.canonical;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// SHA-256 digests and the one way they are spelled: `sha256:` and 64 lower-case hex digits.
public final class Digests {
  private static final Pattern SPELLING = Pattern.compile("sha256:[0-9a-f]{64}");

  private Digests() {}

  /// The digest of these bytes, as `sha256:<hex>`.
  public static String sha256(byte[] bytes) {
    return "sha256:" + HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  /// Whether the text is a digest as this class spells it.
  public static boolean isDigest(String text) {
    return SPELLING.matcher(text).matches();
  }

  /// A fresh SHA-256, which every Java platform has.
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java platform has no SHA-256.", e);
    }
  }
}
