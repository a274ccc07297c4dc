package io.github.kubewicket.demo.read;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Durations as kubectl shows them: `k8s.io/apimachinery/pkg/util/duration` `HumanDuration`.
final class Ages {
  private Ages() {}

  static String since(Optional<Instant> moment, Instant now, String otherwise) {
    return moment.map(then -> of(Duration.between(then, now))).orElse(otherwise);
  }

  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return Math.max(0, seconds) + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 365 * 2) {
      return days + "d";
    }
    return days < 365 * 8 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String two(long large, String unit, long small, String part) {
    return small == 0 ? large + unit : large + unit + small + part;
  }
}
