package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Fabric8ApiTest {
  private FakeApiServer server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> failures() {
    FakeApiServer.Answer cut = HttpExchange::close;
    FakeApiServer.Answer busy = exchange -> FakeApiServer.send(exchange, 503, "{}");
    FakeApiServer.Answer throttled =
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "0");
          FakeApiServer.send(exchange, 429, "{}");
        };
    FakeApiServer.Answer refused = exchange -> FakeApiServer.send(exchange, 401, "{}");
    return Stream.of("POST", "PATCH", "PUT", "DELETE")
        .flatMap(method ->
            Stream.of(
                Arguments.of(method, "cut", cut),
                Arguments.of(method, "503", busy),
                Arguments.of(method, "429", throttled),
                Arguments.of(method, "401", refused)));
  }

  @ParameterizedTest(name = "{0} answered with {1}")
  @MethodSource("failures")
  void sendsAWriteExactlyOnceWhateverBecomesOfIt(
      String method, String what, FakeApiServer.Answer answer) throws IOException {
    server.on("/x", answer);
    Api api = api("{token: abc}");

    catchThrowableOfType(ClusterException.class, () -> api.send(write(method)));

    assertThat(server.seen()).as(what).hasSize(1);
  }

  @Test
  void carriesTheBytesTypeAndNameOfAWrite() throws IOException {
    server.on(
        "/x",
        exchange -> {
          exchange.getResponseHeaders().set("Warning", "299 - \"old \\u001b[31mAPI\"");
          FakeApiServer.send(exchange, 200, "{\"done\":true}");
        });

    ApiAnswer answer = api("{token: abc}").send(write("PATCH"));

    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"done\":true}");
    assertThat(server.seen().getFirst().headers())
        .containsEntry("Content-type", List.of("application/merge-patch+json"))
        .containsEntry("User-agent", List.of("kubewicket/test"))
        .containsEntry("Authorization", List.of("Bearer abc"));
    assertThat(answer.warnings()).hasSize(1);
  }

  @Test
  void triesAReadAgainAndTheThirdTimeIsTheLast() throws IOException {
    AtomicInteger count = new AtomicInteger();
    server.on(
        "/x",
        exchange -> FakeApiServer.send(exchange, count.incrementAndGet() < 3 ? 503 : 200, "{}"));
    server.on("/always", exchange -> FakeApiServer.send(exchange, 503, "{}"));
    Api api = api("{}");

    assertThat(api.send(ApiRequest.get("/x")).status()).isEqualTo(200);
    assertThat(api.send(ApiRequest.get("/always")).status()).isEqualTo(503);

    assertThat(server.seen()).hasSize(6);
  }

  @Test
  void keepsOneConnectionForManyReads() throws IOException {
    server.on("/x", "{}");
    Api api = api("{}");

    for (int i = 0; i < 20; i++) {
      api.send(ApiRequest.get("/x"));
    }

    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void followsNoRedirectBecauseItWouldCarryTheTokenElsewhere() throws IOException {
    try (FakeApiServer other = new FakeApiServer()) {
      server.on(
          "/x",
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url() + "/y");
            exchange.sendResponseHeaders(302, -1);
          });

      int status = api("{token: abc}").send(ApiRequest.get("/x")).status();

      assertThat(status).isEqualTo(302);
      assertThat(other.seen()).isEmpty();
    }
  }

  @Test
  void readsTheKubeconfigAgainWhenTheServerRefusesItsToken() throws IOException {
    server.on(
        "/x",
        exchange -> {
          boolean fresh =
              exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer second");
          FakeApiServer.send(exchange, fresh ? 200 : 401, "{}");
        });
    Path file = server.kubeconfig(folder, "{token: first}");
    Api api = FakeApiServer.connection(file, Optional.empty()).api();
    ClusterException refused =
        catchThrowableOfType(ClusterException.class, () -> api.send(ApiRequest.get("/x")));
    Files.writeString(file, FakeApiServer.kubeconfig(server.url(), "{token: second, x: y}"));

    // The look at the file's time waits a second; the renewal after a refusal waits five.
    sleep(Duration.ofMillis(1_100));
    int status = api.send(ApiRequest.get("/x")).status();

    assertThat(refused.denial().code()).isEqualTo(Reason.CLUSTER_UNAVAILABLE);
    assertThat(refused.getMessage()).contains("401").doesNotContain("first");
    assertThat(status).isEqualTo(200);
  }

  @Test
  void stopsWaitingAtOnceWhenInterrupted() throws Exception {
    server.on("/x", exchange -> sleep(Duration.ofSeconds(5)));
    Api api = api("{}");
    CompletableFuture<ClusterException> thrown = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() ->
                thrown.complete(
                    catchThrowableOfType(
                        ClusterException.class, () -> api.send(ApiRequest.get("/x")))));
    sleep(Duration.ofMillis(500));

    long start = System.nanoTime();
    caller.interrupt();
    ClusterException cancelled = thrown.get(2, TimeUnit.SECONDS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    assertThat(cancelled.denial().code()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void stopsReadingABodyAtOnceWhenInterrupted() throws Exception {
    server.on(
        "/x",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
          sleep(Duration.ofSeconds(5));
        });
    Api api = api("{}");
    CompletableFuture<ClusterException> thrown = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              InputStream body = api.open(ApiRequest.get("/x"));
              thrown.complete(catchThrowableOfType(ClusterException.class, body::readAllBytes));
            });
    sleep(Duration.ofMillis(700));

    caller.interrupt();

    assertThat(thrown.get(2, TimeUnit.SECONDS).denial().code()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void givesUpAtItsDeadlineWhenTheServerIsSilent() throws IOException {
    server.on("/x", exchange -> sleep(Duration.ofSeconds(4)));
    ApiRequest request =
        new ApiRequest("GET", "/x", "*/*", Optional.empty(), new byte[0], Duration.ofMillis(600));

    long start = System.nanoTime();
    ClusterException late =
        catchThrowableOfType(ClusterException.class, () -> api("{}").send(request));

    assertThat(late.denial().code()).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    ClusterException refused = failure("http://127.0.0.1:" + port);

    assertThat(refused.denial().code()).isEqualTo(Reason.CLUSTER_UNAVAILABLE);
    assertThat(refused.getMessage()).contains("127.0.0.1:" + port).contains("refused");
  }

  @Test
  void saysThatANameDoesNotResolve() throws IOException {
    ClusterException unknown = failure("https://no-such-host.invalid:6443");

    assertThat(unknown.getMessage()).contains("cannot be resolved");
  }

  @Test
  void saysThatTlsFailed() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answerInPlainHttp(plain));

      ClusterException failed = failure("https://127.0.0.1:" + plain.getLocalPort());

      assertThat(failed.denial().code()).isEqualTo(Reason.CLUSTER_UNAVAILABLE);
      assertThat(failed.getMessage()).contains("TLS with the API server");
    }
  }

  private static void answerInPlainHttp(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (Socket socket = plain.accept()) {
        socket
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        socket.getInputStream().readNBytes(10);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void refusesABodyOverItsLimitInsteadOfHoldingIt() throws IOException {
    byte[] block = new byte[1 << 20];
    server.on(
        "/x",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 70; i++) {
            exchange.getResponseBody().write(block);
          }
        });

    ClusterException large =
        catchThrowableOfType(ClusterException.class, () -> api("{}").send(ApiRequest.get("/x")));

    assertThat(large.getMessage()).contains("64 MiB");
  }

  private ClusterException failure(String address) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(file, FakeApiServer.kubeconfig(address, "{token: abc}"));
    Api api = FakeApiServer.connection(file, Optional.empty()).api();
    long start = System.nanoTime();
    ClusterException thrown =
        catchThrowableOfType(ClusterException.class, () -> api.send(ApiRequest.get("/x")));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    return thrown;
  }

  private Api api(String user) throws IOException {
    return FakeApiServer.connection(server.kubeconfig(folder, user), Optional.empty()).api();
  }

  private static ApiRequest write(String method) {
    return new ApiRequest(
        method,
        "/x",
        ApiRequest.JSON,
        Optional.of("application/merge-patch+json"),
        "{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(5));
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
