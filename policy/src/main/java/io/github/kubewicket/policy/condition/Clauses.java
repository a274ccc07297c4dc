package io.github.kubewicket.policy.condition;

/// Words that come from elsewhere, made fit for one short clause: printable, on one line, bounded.
final class Clauses {
  private static final int LONGEST = 200;

  private Clauses() {}

  /// At most 200 characters, control and format characters replaced by spaces, no full stop at the
  /// end.
  static String clean(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(LONGEST).map(c -> isPlain(c) ? c : ' ').forEach(out::appendCodePoint);
    String clause = out.toString().strip();
    return clause.endsWith(".") ? clause.substring(0, clause.length() - 1) : clause;
  }

  /// The same, at most 40 characters, in single quotes.
  static String quoted(String text) {
    int end = text.offsetByCodePoints(0, Math.min(40, text.codePointCount(0, text.length())));
    return "'" + clean(text.substring(0, end)) + (end < text.length() ? "…'" : "'");
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
