package io.github.kubewicket.server.context;

import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.Untrusted;

/// Something could not be seen. It never leaves this package: at the border of a fact it becomes
/// that fact's unknown.
final class Unseen extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 200;

  /// @param why one short sentence for people
  Unseen(String why) {
    super(why, null, false, false);
  }

  /// What a failed request means for whoever wanted to know.
  ///
  /// @param what what was asked for, such as `jobs.batch`
  static Unseen of(String what, ClusterException failure) {
    String why =
        switch (failure.denial().code()) {
          case FORBIDDEN -> "forbidden";
          case NOT_FOUND -> "not found";
          case TIMEOUT -> "no answer in time";
          default -> Untrusted.line(String.valueOf(failure.getMessage()), LONGEST);
        };
    return new Unseen(what + ": " + why);
  }

  /// The sentence.
  String why() {
    return String.valueOf(getMessage());
  }
}
