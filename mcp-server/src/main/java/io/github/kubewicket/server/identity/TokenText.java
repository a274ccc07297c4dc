package io.github.kubewicket.server.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A bearer token as its holder has it: `kwt_<id>_<secret>`. The prefix lets scanners of
/// repositories find one that leaked.
///
/// @param id 10 characters of base32, not secret
/// @param secret 32 random bytes in base64url, 43 characters
record TokenText(String id, String secret) {
  /// How every token begins.
  static final String PREFIX = "kwt_";

  private static final Pattern FORM =
      Pattern.compile(PREFIX + "([a-z2-7]{10})_([A-Za-z0-9_-]{43})");
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 10;
  private static final int SECRET_BYTES = 32;

  /// A new one.
  static TokenText draw(SecureRandom random) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new TokenText(
        id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /// The parts of a token; empty for anything else.
  static Optional<TokenText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new TokenText(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /// The token as a whole: a secret.
  String whole() {
    return PREFIX + id + "_" + secret;
  }

  /// SHA-256 of the secret's text: all of it that is ever stored.
  String sha256() {
    return Hashes.sha256(secret);
  }

  /// Keeps the secret out of logs.
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }
}
