package io.github.kubewicket.server.conformance;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.server.http.HttpServer;
import io.github.kubewicket.server.identity.Authentication;
import io.github.kubewicket.server.protocol.OfferedSurface;
import io.github.kubewicket.server.protocol.ServerInfo;
import io.github.kubewicket.server.protocol.Surface;
import io.github.kubewicket.server.transport.Surfaces;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// The real HTTP server on a loopback port, with the fixture beside the given surface.
public final class FixtureServer implements AutoCloseable {
  private final HttpServer server;

  private FixtureServer(HttpServer server) {
    this.server = server;
  }

  /// Starts it on a free port.
  static FixtureServer start(Surface real, int port) throws IOException {
    ServerInfo info =
        new ServerInfo(
            "kubewicket",
            "0.1.0",
            "For tests.",
            FixtureSurface.capabilities(OfferedSurface.capabilities()));
    HttpServer server =
        new HttpServer(
            new HttpServer.Parts(
                CompletableFuture.completedFuture(new FixtureSurface(real)),
                info,
                Surfaces.states(),
                () -> HttpSettings.USUAL,
                presented -> new Authentication.Unavailable("No credentials are known here."),
                () -> Optional.of(new Caller("http:local")),
                tool -> false,
                () -> "",
                new SecureRandom(),
                Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())),
            new InetSocketAddress("127.0.0.1", port),
            Optional.empty());
    server.start();
    return new FixtureServer(server);
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/mcp";
  }

  @Override
  public void close() throws InterruptedException {
    server.stop(Duration.ofSeconds(1));
  }
}
