package io.github.kubewicket.server.command;

/// One thing that `doctor` looked at.
///
/// @param level how bad it is
/// @param subject what was looked at
/// @param message what was found, and what to do about it
record Finding(Level level, String subject, String message) {
  /// How bad it is.
  enum Level {
    /// As it should be.
    OK,
    /// It works; somebody should look at it.
    WARN,
    /// It does not work.
    FAIL
  }

  static Finding ok(String subject, String message) {
    return new Finding(Level.OK, subject, message);
  }

  static Finding warn(String subject, String message) {
    return new Finding(Level.WARN, subject, message);
  }

  static Finding fail(String subject, String message) {
    return new Finding(Level.FAIL, subject, message);
  }

  /// The same, of the cluster with this name.
  Finding about(String cluster) {
    return new Finding(level, subject, cluster + ": " + message);
  }

  /// One line.
  String line() {
    return String.format(
        "%-4s  %-11s %s", level.name().toLowerCase(java.util.Locale.ROOT), subject, message);
  }
}
