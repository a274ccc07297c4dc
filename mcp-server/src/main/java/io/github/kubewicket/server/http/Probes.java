package io.github.kubewicket.server.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// `/healthz`, `/readyz` and `/metrics`, on a port of their own that agents need not reach. They
/// tell no secrets, but no page may read them either.
final class Probes extends Handler.Abstract {
  private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

  private final BooleanSupplier ready;
  private final MetricsPage metrics;

  /// @param ready whether calls can be answered and the server is not stopping
  Probes(BooleanSupplier ready, MetricsPage metrics) {
    this.ready = ready;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Reply reply = new Reply(response);
    try {
      handle(request, reply);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    }
    return true;
  }

  private void handle(Request request, Reply reply) throws IOException {
    if (request.getHeaders().contains("Origin")
        || HostGuard.isOfAnotherSite(request)
        || !HostGuard.isAddressOrLoopback(request)) {
      reply.refuse(403, "Probes are asked by address, and not by pages.");
      return;
    }
    switch (Request.getPathInContext(request)) {
      case "/healthz" -> reply.text(200, PLAIN, "ok\n");
      case "/readyz" -> {
        boolean now = ready.getAsBoolean();
        reply.text(now ? 200 : 503, PLAIN, now ? "ready\n" : "not ready\n");
      }
      case "/metrics" -> reply.text(200, PLAIN, metrics.text());
      default -> reply.refuse(404, "There are /healthz, /readyz and /metrics here.");
    }
  }
}
