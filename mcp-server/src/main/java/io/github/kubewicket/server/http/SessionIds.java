package io.github.kubewicket.server.http;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Ids of sessions: no credentials, but nobody should guess one.
final class SessionIds {
  private static final int BYTES = 18;

  private SessionIds() {}

  /// Visible ASCII, as the protocol wants it, of 144 random bits.
  static String next(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
