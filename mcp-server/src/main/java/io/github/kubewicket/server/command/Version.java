package io.github.kubewicket.server.command;

import java.util.Optional;

/// Kubewicket's version, from the jar's manifest.
final class Version {
  private Version() {}

  /// Such as `0.1.0`; `dev` outside a jar.
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
