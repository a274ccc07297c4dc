package io.github.kubewicket.demo.status;

import java.util.function.Function;

/// What was asked for, or why not.
///
/// @param <T> what was asked for
public sealed interface Outcome<T> {
  /// It went well.
  ///
  /// @param value what was asked for
  record Done<T>(T value) implements Outcome<T> {}

  /// It was refused.
  ///
  /// @param status why
  record Refused<T>(Status status) implements Outcome<T> {}

  /// It went well.
  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  /// It was refused.
  static <T> Outcome<T> refused(Status status) {
    return new Refused<>(status);
  }

  /// Goes on with the value; a refusal stays what it is.
  default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
    return switch (this) {
      case Done<T>(T value) -> next.apply(value);
      case Refused<T>(Status status) -> new Refused<>(status);
    };
  }
}
