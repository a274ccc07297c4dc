package io.github.kubewicket.policy.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.List;
import java.util.Map;

/// Counts what one evaluation costs, and ends it when it costs too much.
///
/// CEL bounds how often comprehensions go round, but not how large values grow: `[s].map(a, a + a)`
/// nested twenty times makes a million copies in twenty rounds, and comparing lists that hold each
/// other twice takes twice as long with every level. So each step costs 1, a text its length / 16
/// and eight times its length where it is searched, and a value that the expression builds or
/// compares the number of values in it. A count, not a clock: the same question always gets the
/// same answer.
final class Meter implements CelEvaluationListener {
  /// How much one evaluation may cost; about a second at most.
  static final int BUDGET = 1_000_000;

  /// How long a text may be that is searched or matched, in UTF-16 units.
  static final int LONGEST_SEARCHED = 16_384;

  private final Outline outline;
  private int left = BUDGET;

  /// Counts one evaluation of the expression of this outline.
  Meter(Outline outline) {
    this.outline = outline;
  }

  /// Whether the evaluation cost too much, and so its result means nothing.
  boolean isExceeded() {
    return left < 0;
  }

  @Override
  public void callback(CelExpr expression, Object value) {
    spend(1);
    long id = expression.id();
    if (value instanceof String text) {
      spend(text.length() / (outline.isBuilt(id) ? 1 : 16));
      if (outline.isSearched(id)) {
        spend(text.length() > LONGEST_SEARCHED ? BUDGET : 8 * text.length());
      }
    } else if (value instanceof CelByteString bytes) {
      spend(bytes.size());
    } else if (outline.isBuilt(id)) {
      measure(value);
    }
  }

  private void measure(Object value) {
    spend(1);
    if (value instanceof List<?> list) {
      list.forEach(this::measure);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> {
        measure(key);
        measure(element);
      });
    } else if (value instanceof String text) {
      spend(text.length() / 16);
    }
  }

  private void spend(int cost) {
    left = Math.max(-1, left - cost);
    if (left < 0) {
      throw new TooMuch();
    }
  }

  /// Ends the evaluation; each later step ends as well.
  private static final class TooMuch extends RuntimeException {
    private TooMuch() {
      super("it takes too much work", null, false, false);
    }
  }
}
