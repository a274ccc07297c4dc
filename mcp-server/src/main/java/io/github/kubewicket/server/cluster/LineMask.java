package io.github.kubewicket.server.cluster;

/// Masks secrets in text that arrives line by line, private keys over several lines included.
final class LineMask {
  /// RFC 7468 wraps at 64; OpenSSL and ssh-keygen at 64 and 70.
  private static final int KEY_LINE = 60;

  private static final int LONGEST_KEY = 120;
  private int inKey;

  /// The next line, redacted.
  String line(String raw) {
    String clean = Untrusted.clean(raw);
    if (inKey > 0) {
      inKey = clean.contains("-----END ") ? 0 : inKey - 1;
      return SecretShapes.MASK;
    }
    if (clean.contains("-----BEGIN ")
        && clean.contains("PRIVATE KEY")
        && !clean.contains("-----END ")) {
      inKey = LONGEST_KEY;
    }
    return keyMaterial(clean) ? SecretShapes.MASK : Redaction.text(clean);
  }

  /// A line of nothing but base64: the middle of a key whose head the tail did not reach.
  private static boolean keyMaterial(String line) {
    String text = line.strip();
    if (text.length() < KEY_LINE) {
      return false;
    }
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isUpper = c >= 'A' && c <= 'Z';
      boolean isLower = c >= 'a' && c <= 'z';
      boolean isDigit = c >= '0' && c <= '9';
      if (!isUpper && !isLower && !isDigit && c != '+' && c != '/' && c != '=') {
        return false;
      }
      upper |= isUpper;
      lower |= isLower;
      digit |= isDigit;
    }
    return upper && lower && digit;
  }
}
