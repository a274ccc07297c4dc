package io.github.kubewicket.policy.config;

/// Text of an operator's file inside a message: one line, short, harmless to a terminal.
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /// The text in double quotes, cut after 60 code points. Whatever is invisible or steers a
  /// terminal is spelled as `\\uXXXX`.
  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().limit(LONGEST).forEach(point -> append(quoted, point));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      quoted.append('…');
    }
    return quoted.append('"').toString();
  }

  /// A whole message that repeats such text: not cut, but as harmless.
  static String harmless(String message) {
    StringBuilder harmless = new StringBuilder();
    message.codePoints().forEach(point -> append(harmless, point));
    return harmless.toString();
  }

  private static void append(StringBuilder quoted, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          quoted.append(String.format("\\u%04x", point));
      default -> quoted.appendCodePoint(point);
    }
  }
}
