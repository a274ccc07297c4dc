package io.github.kubewicket.policy.limit;

import io.github.kubewicket.policy.ChangeClass;
import java.time.Duration;

/// At most `max` acts of a class within any `window`, per key of the scope. Written `3/1h`.
///
/// @param changeClass the class that it counts
/// @param scope what it counts over
/// @param max 0 to 1,000
/// @param window 1 second to 31 days
public record Budget(ChangeClass changeClass, Scope scope, int max, Duration window) {
  /// Refuses values outside the bounds.
  public Budget {
    if (max < 0 || max > 1_000 || window.toSeconds() < 1 || window.toDays() > 31) {
      throw new IllegalArgumentException(
          "A budget is 0 to 1000 acts per window of 1 second to 31 days.");
    }
  }

  /// Its place in `tools.yaml`, such as `budgets.restart.namespace`.
  public String name() {
    return "budgets." + changeClass.word() + "." + scope.word();
  }

  /// As `tools.yaml` spells it: `3/1h`.
  public String limit() {
    return max + "/" + spell(window);
  }

  private static String spell(Duration window) {
    long seconds = window.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
