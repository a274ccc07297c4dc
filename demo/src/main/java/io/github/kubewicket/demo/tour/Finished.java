package io.github.kubewicket.demo.tour;

/// A command that has ended.
///
/// @param status its exit status
/// @param text everything it printed, line feeds only
record Finished(int status, String text) {
  /// Goes on only with this status.
  Finished must(int wanted) {
    Surprise.unless(
        status == wanted,
        "The command should end with the status " + wanted,
        "the status " + status + "\n" + text);
    return this;
  }

  /// Goes on only where it printed this.
  Finished mustSay(String part) {
    Surprise.unless(text.contains(part), "The command should print \"" + part + "\"", text);
    return this;
  }
}
