package io.github.kubewicket.server.command;

import io.github.kubewicket.demo.DemoCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The in-memory cluster of `--demo`, reached like any other: through a kubeconfig.
final class DemoShop {
  private DemoShop() {}

  /// Starts the cluster, which lives as long as this process.
  ///
  /// @return a kubeconfig for it, readable by this user alone, gone when the process ends
  static Path start() {
    DemoCluster shop = DemoCluster.start(InstantSource.system(), new SecureRandom());
    try {
      Path kubeconfig =
          Files.createTempFile(
              "kubewicket-demo-",
              ".yaml",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      kubeconfig.toFile().deleteOnExit();
      Files.writeString(
          kubeconfig,
          """
          apiVersion: v1
          kind: Config
          current-context: demo
          clusters: [{name: demo, cluster: {server: "%s"}}]
          users: [{name: demo, user: {token: "%s"}}]
          contexts: [{name: demo, context: {cluster: demo, user: demo}}]
          """
              .formatted(shop.uri(), shop.token()));
      return kubeconfig;
    } catch (IOException e) {
      shop.close();
      throw new UncheckedIOException(e);
    }
  }
}
