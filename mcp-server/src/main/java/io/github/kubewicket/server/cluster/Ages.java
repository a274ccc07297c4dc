package io.github.kubewicket.server.cluster;

import java.time.Duration;
import java.time.Instant;

/// Ages as kubectl prints them.
public final class Ages {
  private Ages() {}

  /// `45s`, `12m`, `3h`, `5d`: the largest unit that is at least two, so `90s` and not `1m`.
  public static String since(Instant then, Instant now) {
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 120 * 60) {
      return seconds / 60 + "m";
    }
    if (seconds < 48 * 3600) {
      return seconds / 3600 + "h";
    }
    return seconds / 86_400 + "d";
  }
}
