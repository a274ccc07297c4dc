package io.github.kubewicket.server.tools.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Reads how far back to look: `90s`, `10m`, `2h`, `1d`, `1h30m`, or a time as RFC 3339.
final class Since {
  private Since() {}

  /// The moment that is meant; empty when the text means none.
  static Optional<Instant> parse(String text, Instant now) {
    String plain = text.strip();
    try {
      return Optional.of(OffsetDateTime.parse(plain).toInstant());
    } catch (DateTimeException e) {
      // Not a time: perhaps a span.
    }
    long seconds = 0;
    long number = -1;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.max(0, number) * 10 + (c - '0');
      } else {
        long unit = unit(c);
        if (number < 0 || unit == 0) {
          return Optional.empty();
        }
        seconds += number * unit;
        number = -1;
      }
      if (number > 100_000_000 || seconds > 3_200_000_000L) {
        return Optional.empty();
      }
    }
    return seconds > 0 && number < 0
        ? Optional.of(now.minus(Duration.ofSeconds(seconds)))
        : Optional.empty();
  }

  private static long unit(char c) {
    return switch (c) {
      case 's' -> 1;
      case 'm' -> 60;
      case 'h' -> 3_600;
      case 'd' -> 86_400;
      case 'w' -> 7 * 86_400;
      default -> 0;
    };
  }
}
