package io.github.kubewicket.policy.window;

/// A calendar that cannot be used; the message is a part of a sentence for people, such as `has no
/// VCALENDAR`.
final class CalendarFault extends Exception {
  private static final long serialVersionUID = 1;

  CalendarFault(String message) {
    super(message, null, false, false);
  }

  /// The message, which is always there.
  String what() {
    return String.valueOf(getMessage());
  }
}
