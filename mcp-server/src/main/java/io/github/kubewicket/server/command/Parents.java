package io.github.kubewicket.server.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What picocli injects, once it has.
final class Parents {
  private Parents() {}

  /// The parent command, which picocli sets before it runs a command.
  static <T> T of(@Nullable T injected) {
    return Objects.requireNonNull(injected, "picocli injects it");
  }
}
