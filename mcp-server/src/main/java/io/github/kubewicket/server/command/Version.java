package io.github.kubewicket.server.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// Kubewicket's version, from the jar's manifest.
final class Version implements IVersionProvider {
  /// Such as `0.1.0`; `dev` outside a jar.
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"kubewicket " + current()};
  }
}
