package io.github.kubewicket.policy.guard;

import io.github.kubewicket.policy.Denial;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.policy.context.Known;
import java.util.function.Function;

/// What to make of facts: judged where they were seen, refused where they were not.
final class Unseen {
  private Unseen() {}

  /// Judges a fact; not having it is a no.
  ///
  /// @param fact what it is, in the plural, such as `backups`
  static <T> Finding orRefused(Known<T> known, String fact, Function<T, Finding> judge) {
    return switch (known) {
      case Known.Seen<T>(T value) -> judge.apply(value);
      case Known.Unknown<T>(String why) ->
          new Finding.Refused(
              Denial.of(
                  Reason.CONTEXT_UNKNOWN,
                  "It could not be seen whether there are "
                      + fact
                      + " ("
                      + why
                      + "), which counts as no.",
                  "Ask an operator to run `kubewicket doctor`, or hand over to a person."));
    };
  }
}
