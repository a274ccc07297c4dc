package io.github.kubewicket.server.rehearsal;

/// A case that cannot be played; the message is a sentence for people.
final class UnplayableException extends Exception {
  private static final long serialVersionUID = 1;

  UnplayableException(String message) {
    super(message, null, false, false);
  }

  /// The message, which is always there.
  String why() {
    return String.valueOf(getMessage());
  }
}
