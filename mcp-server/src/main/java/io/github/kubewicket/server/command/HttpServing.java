package io.github.kubewicket.server.command;

import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.server.cluster.Clusters;
import io.github.kubewicket.server.http.HttpServer;
import io.github.kubewicket.server.identity.Identities;
import io.github.kubewicket.server.protocol.Surface;
import io.github.kubewicket.server.transport.StopSignals;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Serves MCP over HTTP until it is told to stop.
final class HttpServing {
  /// Longer than a change may take to become healthy by default; a pod's grace period has to be
  /// longer still.
  private static final Duration DRAIN = Duration.ofMinutes(3);

  /// For whoever looks at readiness to send new calls elsewhere; a probe every few seconds is
  /// usual.
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Places places;
  private final Serving.Options options;
  private final InetSocketAddress address;
  private final Optional<InetSocketAddress> probes;

  HttpServing(
      Places places,
      Serving.Options options,
      InetSocketAddress address,
      Optional<InetSocketAddress> probes) {
    this.places = places;
    this.options = options;
    this.address = address;
    this.probes = probes;
  }

  /// Serves.
  ///
  /// @return the exit status: 2 where it would not be safe to serve like that
  int run() throws InterruptedException {
    // SQLite waits in native code, which holds on to a carrier; there have to be others.
    if (System.getProperty("jdk.virtualThreadScheduler.parallelism") == null) {
      System.setProperty("jdk.virtualThreadScheduler.parallelism", "8");
    }
    try (Wiring wiring = new Wiring(places, checkpoint -> System.err.println(checkpoint.line()))) {
      Serving.sayWhatIsWrong(wiring.policies().get());
      Optional<String> unsafe = unsafe(wiring.http());
      if (unsafe.isPresent()) {
        System.err.println("kubewicket: " + unsafe.get());
        return 2;
      }
      Clusters clusters = options.clusters(wiring);
      try (Identities identities = wiring.identities(clusters)) {
        return serve(wiring, clusters, identities);
      } catch (IOException e) {
        System.err.println("kubewicket: HTTP cannot be served: " + e.getMessage());
        return 1;
      }
    }
  }

  private int serve(Wiring wiring, Clusters clusters, Identities identities)
      throws IOException, InterruptedException {
    CompletableFuture<Surface> surface = new CompletableFuture<>();
    Anonymous anonymous =
        new Anonymous(address.getAddress().isLoopbackAddress(), wiring.policies());
    Served served = wiring.served(clusters);
    HttpServer server =
        new HttpServer(
            new HttpServer.Parts(
                surface,
                Serving.INFO,
                wiring.requestStates(),
                wiring::http,
                identities,
                anonymous,
                wiring.catalogue().writeTools()::contains,
                served.calls()::text,
                wiring.random(),
                wiring.timer()),
            address,
            probes);
    CountDownLatch stopped = new CountDownLatch(1);
    StopSignals.handle(() -> {
      // Who asks twice does not want to wait for what is under way.
      if (stopped.getCount() == 0) {
        server.interruptAll();
      }
      stopped.countDown();
    });
    server.start();
    say(wiring.http(), server, anonymous.get().isPresent());
    surface.complete(served.surface());
    Thread unused =
        Thread.ofVirtual().start(() -> clusters.warm(cluster -> Serving.settle(wiring, cluster)));
    stopped.await();
    if (probes.isPresent()) {
      server.leave();
      Thread.sleep(FAREWELL);
    }
    server.stop(DRAIN);
    return wiring.finish(DRAIN) ? 0 : 1;
  }

  /// Why it must not be served like that.
  private Optional<String> unsafe(HttpSettings http) {
    if (address.getAddress().isLoopbackAddress()) {
      return Optional.empty();
    }
    if (http.tls().isEmpty()) {
      return Optional.of(
          "%s is not loopback, and there is no TLS: tokens would cross the network in the clear. Set http.tls in tools.yaml, or serve on 127.0.0.1."
              .formatted(address.getHostString()));
    }
    if (!http.tokens()
        && http.oauth().isEmpty()
        && http.serviceAccounts().isEmpty()
        && http.certificates().isEmpty()) {
      return Optional.of(
          "%s is not loopback, and nobody could be told from anybody: http in tools.yaml turns every kind of credential off. Turn tokens on, or set oauth, serviceAccounts or tls.clientCa, or serve on 127.0.0.1."
              .formatted(address.getHostString()));
    }
    return Optional.empty();
  }

  private void say(HttpSettings http, HttpServer server, boolean open) {
    String host = address.getAddress().getHostAddress();
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    System.err.printf(
        "kubewicket: MCP at %s://%s:%d/mcp%s%n",
        http.tls().isPresent() ? "https" : "http",
        shown,
        server.port(),
        open ? ", for everybody on this machine" : "");
    server
        .probesPort()
        .ifPresent(port ->
            System.err.printf("kubewicket: health, readiness and metrics at port %d%n", port));
  }
}
