package io.github.kubewicket.policy.context;

import java.util.function.Function;

/// Something that was asked of the cluster: the answer, or why there is none. Where a guardrail
/// needs the answer, having none is a no.
public sealed interface Known<T> {
  /// It was seen.
  record Seen<T>(T value) implements Known<T> {}

  /// It could not be seen.
  ///
  /// @param why one sentence for people, such as `jobs: forbidden`
  record Unknown<T>(String why) implements Known<T> {}

  /// What was seen.
  static <T> Known<T> of(T value) {
    return new Seen<>(value);
  }

  /// What was not.
  static <T> Known<T> unknown(String why) {
    return new Unknown<>(why);
  }

  /// What follows from it, where it was seen.
  default <R> Known<R> map(Function<? super T, ? extends R> follows) {
    return switch (this) {
      case Seen<T>(T value) -> new Seen<>(follows.apply(value));
      case Unknown<T>(String why) -> new Unknown<>(why);
    };
  }

  /// The answer, or this where there is none.
  default T orElse(T otherwise) {
    return switch (this) {
      case Seen<T>(T value) -> value;
      case Unknown<T> _ -> otherwise;
    };
  }
}
