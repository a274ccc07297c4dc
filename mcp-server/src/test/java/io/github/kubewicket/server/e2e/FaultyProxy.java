package io.github.kubewicket.server.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Stands between Kubewicket and the real API server, and loses requests or answers on the way: the
/// moments at which a process can be killed without anybody knowing how far it had come.
final class FaultyProxy implements AutoCloseable {
  /// Where a request or its answer gets stuck.
  enum Fault {
    /// The request arrives here and is never handed on.
    HOLD_REQUEST,
    /// The API server did it; its answer stays here.
    HOLD_ANSWER,
    /// The connection is cut before the request is handed on.
    CUT_REQUEST,
    /// The API server did it; the connection is cut instead of an answer.
    CUT_ANSWER
  }

  /// Which of the requests of a change is meant.
  enum Step {
    DRY_RUN,
    ACT,
    VERIFICATION
  }

  private record Trap(Step step, Fault fault) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KubeApi api;
  private final CountDownLatch sprung = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> acts = new CopyOnWriteArrayList<>();
  private volatile Trap trap;
  private volatile boolean acted;

  FaultyProxy(KubeApi api) {
    this.api = api;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Lays a trap for the next request of this step.
  FaultyProxy trap(Step step, Fault fault) {
    trap = new Trap(step, fault);
    return this;
  }

  /// A kubeconfig that leads here.
  Path kubeconfig(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("proxy-kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: u, user: {}}]
          contexts: [{name: x, context: {cluster: c, user: u}}]
          current-context: x
          """
              .formatted(server.getAddress().getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until a request is in the trap.
  void awaitSprung() {
    try {
      if (!sprung.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("no request fell into the trap within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The requests that would change something and came as far as here, dry runs not counted.
  List<String> acts() {
    return acts;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Step step = step(exchange);
      boolean caught = trap != null && step == trap.step;
      Fault fault = caught ? trap.fault : null;
      if (step == Step.ACT) {
        acts.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (fault == Fault.HOLD_REQUEST || fault == Fault.CUT_REQUEST) {
        stop(fault == Fault.HOLD_REQUEST);
        return;
      }
      HttpResponse<InputStream> answer =
          api.send(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers(exchange),
              body);
      acted |= step == Step.ACT;
      if (fault == Fault.HOLD_ANSWER || fault == Fault.CUT_ANSWER) {
        stop(fault == Fault.HOLD_ANSWER);
        return;
      }
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      try (InputStream in = answer.body()) {
        in.transferTo(exchange.getResponseBody());
      }
    }
  }

  /// What a request is to the change under way; reads before the act are none of the steps.
  private Step step(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String uri = exchange.getRequestURI().toString();
    if (method.equals("GET")) {
      return acted && uri.contains("/deployments/") ? Step.VERIFICATION : null;
    }
    return uri.contains("dryRun=All") ? Step.DRY_RUN : Step.ACT;
  }

  private void stop(boolean hold) {
    sprung.countDown();
    try {
      if (hold) {
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new HashMap<>();
    for (String name : List.of("Accept", "Content-Type")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
