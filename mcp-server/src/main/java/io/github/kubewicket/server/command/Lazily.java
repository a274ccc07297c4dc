package io.github.kubewicket.server.command;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made at its first use, once; a failure is not kept, the next use tries again.
///
/// @param <T> the value's type
final class Lazily<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazily(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T value = made;
    if (value == null) {
      value = maker.get();
      made = value;
    }
    return value;
  }

  /// Uses the value if it was made.
  synchronized void ifMade(Consumer<T> use) {
    Optional.ofNullable(made).ifPresent(use);
  }
}
