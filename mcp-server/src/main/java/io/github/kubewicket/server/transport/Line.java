package io.github.kubewicket.server.transport;

/// One line of input without its newline.
///
/// @param text empty unless the line is text
record Line(Kind kind, String text) {
  /// What bytes became.
  enum Kind {
    /// Text, which may be blank.
    TEXT,
    /// A line beyond the bound; it was skipped to its newline and never held.
    TOO_LONG,
    /// Bytes that are not UTF-8.
    NOT_UTF8
  }

  static Line text(String text) {
    return new Line(Kind.TEXT, text);
  }

  static Line tooLong() {
    return new Line(Kind.TOO_LONG, "");
  }

  static Line notUtf8() {
    return new Line(Kind.NOT_UTF8, "");
  }
}
