package io.github.kubewicket.policy;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Makes sortable ids: a prefix and a ULID (48 bits of milliseconds, 80 random bits, Crockford's
/// base 32; <https://github.com/ulid/spec>). They are names, not secrets.
public final class Ids {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final RandomGenerator random;

  /// Draws from this source of randomness.
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /// An id for a request that waits for a person: `ar_…`.
  public String request(Instant at) {
    return "ar_" + ulid(at);
  }

  /// An id for a change: `ch_…`.
  public String change(Instant at) {
    return "ch_" + ulid(at);
  }

  private String ulid(Instant at) {
    StringBuilder id = new StringBuilder(26);
    long millis = at.toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      id.append(ALPHABET.charAt((int) (millis >>> shift) & 31));
    }
    for (int i = 0; i < 16; i++) {
      id.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return id.toString();
  }
}
