package io.github.kubewicket.server.command;

import io.github.kubewicket.server.protocol.Surface;
import java.nio.file.Path;
import java.util.Optional;

/// What `kubewicket serve --demo` serves, for tests that put their own server around it.
public final class DemoServed implements AutoCloseable {
  private final Wiring wiring;
  private final Surface surface;

  /// Wires it all, with the state in this folder and no `tools.yaml`.
  public DemoServed(Path folder) {
    wiring =
        new Wiring(
            new Places(Optional.empty(), folder.resolve("state"), folder.resolve("keys")),
            checkpoint -> {});
    Serving.Options demo = new Serving.Options(Optional.empty(), Optional.empty(), true);
    surface = wiring.served(demo.clusters(wiring)).surface();
  }

  /// What clients can reach.
  public Surface surface() {
    return surface;
  }

  @Override
  public void close() {
    wiring.close();
  }
}
