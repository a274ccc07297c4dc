package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.server.identity.Authenticator;
import io.github.kubewicket.server.identity.Challenges;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.Modern;
import io.github.kubewicket.server.protocol.RequestState;
import io.github.kubewicket.server.protocol.ServerInfo;
import io.github.kubewicket.server.protocol.Surface;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An MCP server on a port.
public final class HttpServer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final Admission.Bounds REQUESTS = new Admission.Bounds(128, 512);
  private static final Admission.Bounds STREAMS = new Admission.Bounds(1_024, 3_072);
  private static final Admission.Bounds SESSIONS = new Admission.Bounds(1_024, 8_192);

  /// In a heap of 512 MiB.
  private static final Admission.Bounds BYTES = new Admission.Bounds(4 << 20, 16 << 20);

  /// Shorter than the idle timeouts of the usual proxies.
  private static final Duration STREAM_BEAT = Duration.ofSeconds(15);

  /// How soon a client that left is noticed while its call goes on.
  private static final Duration CALL_BEAT = Duration.ofSeconds(5);

  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Server server;
  private final Optional<Server> probes;
  private final Requests requests;
  private final Admission admission;
  private final Streams streams;
  private final SseEndpoint sse;
  private volatile boolean leaving;

  /// What a server is made of.
  ///
  /// @param surface what can be reached; may become ready while the server runs
  /// @param info what the server says about itself
  /// @param states seals what clients carry from one request to the next
  /// @param settings as `tools.yaml` says them now
  /// @param authenticator knows callers by their credentials
  /// @param anonymous who calls without a credential now; empty where nobody may
  /// @param writes whether a tool of this name changes anything
  /// @param measures what else the metrics page shows
  /// @param random of cryptographic strength
  /// @param timer for what is done every now and then
  public record Parts(
      Future<? extends Surface> surface,
      ServerInfo info,
      RequestState states,
      Supplier<HttpSettings> settings,
      Authenticator authenticator,
      Supplier<Optional<Caller>> anonymous,
      Predicate<String> writes,
      Supplier<String> measures,
      RandomGenerator random,
      ScheduledExecutorService timer) {}

  /// A server that does not listen yet.
  ///
  /// @param address where MCP is served; port 0 for any
  /// @param probesAt where health, readiness and metrics are served; empty for nowhere
  /// @throws IOException when the certificates of `http.tls` cannot be used
  public HttpServer(Parts parts, InetSocketAddress address, Optional<InetSocketAddress> probesAt)
      throws IOException {
    Challenges challenges = new Challenges(parts.settings());
    HostGuard guard = new HostGuard(parts.settings());
    Dispatcher dispatcher = new Dispatcher(parts.surface());
    Modern modern = new Modern(dispatcher, parts.info(), parts.states());
    Scopes scopes = new Scopes(parts.writes(), challenges);
    HttpSessions sessions = new HttpSessions(SESSIONS, dispatcher, parts.random());
    Traffic traffic = new Traffic();
    ByteBudget bytes = new ByteBudget(BYTES);
    this.admission = new Admission(REQUESTS);
    this.streams = new Streams(new Admission(STREAMS), STREAM_BEAT);
    this.requests = new Requests(admission, scopes, CALL_BEAT);
    this.sse =
        new SseEndpoint(
            parts.info(), dispatcher, modern, streams, scopes, admission, bytes, parts.random());
    McpEndpoint mcp =
        new McpEndpoint(
            parts.info(),
            sessions,
            streams,
            new ModernEndpoint(modern, requests, streams),
            requests,
            bytes);
    Optional<TlsCertificates> tls =
        parts.settings().get().tls().isPresent()
            ? Optional.of(new TlsCertificates(() -> parts.settings().get().tls()))
            : Optional.empty();
    this.server = Listener.on(address, tls);
    server.setHandler(
        new Front(
            guard,
            new Access(parts.authenticator(), parts.anonymous()),
            challenges,
            mcp,
            sse,
            traffic));
    this.probes =
        probesAt.map(at -> {
          Server second = Listener.on(at, Optional.empty());
          second.setHandler(
              new Probes(
                  () -> parts.surface().isDone() && !leaving,
                  new MetricsPage(
                      traffic, admission, streams, () -> sessions.all().size(), parts.measures())));
          return second;
        });
    every(parts.timer(), Duration.ofMinutes(1), sessions::sweep);
    tls.ifPresent(certificates -> every(parts.timer(), Duration.ofSeconds(10), certificates::look));
  }

  /// Begins to listen.
  ///
  /// @throws IOException when the port cannot be had
  public void start() throws IOException {
    start(server);
    if (probes.isPresent()) {
      start(probes.get());
    }
  }

  /// The port of MCP.
  public int port() {
    return portOf(server);
  }

  /// The port of health, readiness and metrics; empty where they are not served.
  public Optional<Integer> probesPort() {
    return probes.map(HttpServer::portOf);
  }

  /// Says that it is not ready any more, and goes on answering: whoever sends clients here has to
  /// hear of it first.
  public void leave() {
    leaving = true;
  }

  /// Interrupts what is under way; it may still answer.
  public void interruptAll() {
    requests.interruptAll();
    sse.interruptAll();
  }

  /// Takes no more in, lets what is under way come to its end for at most `drain`, interrupts what
  /// did not, ends the streams, and stops listening.
  public void stop(Duration drain) throws InterruptedException {
    leave();
    admission.stop();
    // A stream that opens now would not be waited for.
    streams.close();
    int left = admission.awaitEmpty(drain);
    sse.drain(left > 0 ? Duration.ZERO : drain);
    if (left > 0) {
      LOG.warn("{} requests did not end within {} s and are interrupted", left, drain.toSeconds());
      requests.interruptAll();
      int unused = admission.awaitEmpty(GRACE);
    }
    streams.stop();
    streams.awaitNone(GRACE);
    stop(server);
    probes.ifPresent(HttpServer::stop);
  }

  private static void every(ScheduledExecutorService timer, Duration period, Runnable task) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                // The next time may go better; a timer's task that throws is never run again.
                LOG.warn("A regular task failed: {}", e.getClass().getName());
              }
            },
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static int portOf(Server server) {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  private static void start(Server server) throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The port did not close cleanly: {}", e.getMessage());
    }
  }
}
