package io.github.kubewicket.policy.config;

import java.time.Duration;
import java.util.Optional;

/// Durations as `tools.yaml` spells them: `90s`, `15m`, `1h30m`, `2d`.
final class Durations {
  private static final String UNITS = "dhms";
  private static final long[] SECONDS = {86_400, 3_600, 60, 1};
  private static final int MOST_DIGITS = 7;

  private Durations() {}

  /// Reads whole numbers with the units d, h, m and s, from the largest to the smallest, each at
  /// most once.
  static Optional<Duration> parse(String text) {
    long total = 0;
    int next = 0;
    int i = 0;
    while (i < text.length()) {
      int start = i;
      long number = 0;
      while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        number = number * 10 + text.charAt(i++) - '0';
        if (i - start > MOST_DIGITS) {
          return Optional.empty();
        }
      }
      int unit = i == start || i == text.length() ? -1 : UNITS.indexOf(text.charAt(i++), next);
      if (unit < 0) {
        return Optional.empty();
      }
      total += number * SECONDS[unit];
      next = unit + 1;
    }
    return next == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(total));
  }

  /// What was probably meant by a number that has no unit or a whole word for one: `15` is `15m`,
  /// `2 hours` is `2h`.
  static Optional<String> meant(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String word = text.substring(digits).strip();
    boolean isWord = word.chars().allMatch(c -> c >= 'a' && c <= 'z');
    String unit = word.isEmpty() ? "m" : word.substring(0, 1);
    return isWord && digits <= MOST_DIGITS
        ? Optional.of(text.substring(0, digits) + unit).filter(it -> parse(it).isPresent())
        : Optional.empty();
  }
}
