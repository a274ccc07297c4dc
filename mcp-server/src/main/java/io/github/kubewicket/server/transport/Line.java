package io.github.kubewicket.server.transport;

/// One line of input, as bytes became text.
sealed interface Line {
  /// A line without its newline; may be blank.
  record Text(String text) implements Line {}

  /// A line beyond the bound; it was skipped to its newline and never held.
  record TooLong() implements Line {}

  /// A line whose bytes are not UTF-8.
  record NotUtf8() implements Line {}
}
