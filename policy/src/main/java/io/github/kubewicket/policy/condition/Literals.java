package io.github.kubewicket.policy.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// Looks at the texts that are written in an expression, so that a mistake in one is a fault when
/// the policy loads and not a no at night.
final class Literals {
  /// How large a regular expression may be, in instructions of re2j's program.
  static final int LARGEST_REGEX = 500;

  private Literals() {}

  /// What is wrong with a literal, as one clause.
  static Optional<String> fault(Outline.Literal literal) {
    return switch (literal.function()) {
      case "quantity" -> attempt(() -> Quantity.units(literal.text()));
      case "millis" -> attempt(() -> Quantity.millis(literal.text()));
      case "matches" -> regex(literal.text());
      default -> Optional.empty();
    };
  }

  private static Optional<String> regex(String text) {
    try {
      int size = Pattern.compile(text).programSize();
      return size <= LARGEST_REGEX
          ? Optional.empty()
          : Optional.of(
              "the regular expression is too large; it takes "
                  + size
                  + " instructions, and at most "
                  + LARGEST_REGEX
                  + " are allowed");
    } catch (PatternSyntaxException e) {
      return Optional.of("the regular expression is wrong: " + e.getDescription());
    }
  }

  private static Optional<String> attempt(Runnable reading) {
    try {
      reading.run();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
