package io.github.kubewicket.demo.tour;

/// Something did not come out as the tour tells it.
final class Surprise extends RuntimeException {
  private static final long serialVersionUID = 1;

  Surprise(String message) {
    super(message);
  }

  /// Goes on only where this holds.
  ///
  /// @param what what should have been, as a sentence without its full stop
  /// @param seen what there was instead, for the one who has to find out why
  static void unless(boolean holds, String what, String seen) {
    if (!holds) {
      throw new Surprise(what + ". Seen instead:\n" + seen);
    }
  }
}
