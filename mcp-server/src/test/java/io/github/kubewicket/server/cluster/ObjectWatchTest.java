package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectWatchTest {
  private static final String LIST = "/api/v1/namespaces/shop/pods";
  private static final ObjectWatch.Pauses SHORT =
      new ObjectWatch.Pauses(Duration.ofMillis(20), Duration.ofMillis(100));

  private final AtomicInteger version = new AtomicInteger(1);
  private final Semaphore changed = new Semaphore(0);
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  @TempDir private Path folder;
  private FakeApiServer server;

  /// Writes the body of a watch.
  private interface Stream {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.close();
  }

  @Test
  void tellsOfChangesEndsAndReturnsButNotOfWhatWasThere() throws Exception {
    serve(exchange -> {
      line(exchange, "ADDED", 1);
      line(exchange, "BOOKMARK", 9);
      line(exchange, "MODIFIED", 2);
      line(exchange, "DELETED", 2);
      line(exchange, "ADDED", 3);
      await();
    });

    try (Watch _ = watch()) {
      assertThat(changed.tryAcquire(3, 5, TimeUnit.SECONDS)).isTrue();
      assertThat(changed.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(queries.getFirst()).isEqualTo("fieldSelector=metadata.name=p");
      assertThat(queries.get(1)).contains("watch=true", "resourceVersion=7", "metadata.name=p");
    }
  }

  @Test
  void findsWhatItMissedWhileTheWatchWasBroken() throws Exception {
    serve(exchange -> {
      version.set(2);
      exchange.getResponseBody().write("{\"type\":\"MODI".getBytes(StandardCharsets.UTF_8));
    });

    try (Watch _ = watch()) {
      assertThat(changed.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
      assertThat(changed.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void looksAgainWhereItsVersionIsTooOld() throws Exception {
    serve(exchange -> {
      version.set(2);
      exchange
          .getResponseBody()
          .write(
              "{\"type\":\"ERROR\",\"object\":{\"code\":410}}\n".getBytes(StandardCharsets.UTF_8));
    });

    try (Watch _ = watch()) {
      assertThat(changed.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void keepsLookingWhereItMayNotWatch() throws Exception {
    server.on(
        LIST,
        exchange -> {
          if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch")) {
            version.set(2);
            FakeApiServer.send(exchange, 403, "{\"message\":\"watch is forbidden\"}");
          } else {
            list(exchange);
          }
        });

    try (Watch _ = watch()) {
      assertThat(changed.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void asksLessOftenWhileItFails() throws Exception {
    server.on(LIST, 403, "{\"message\":\"no\"}");

    try (Watch _ = watch()) {
      Thread.sleep(1_000);

      assertThat(server.seen())
          .filteredOn(seen -> seen.path().startsWith(LIST))
          .hasSizeBetween(3, 20);
      assertThat(changed.availablePermits()).isZero();
    }
  }

  @Test
  void asksNothingMoreOnceClosed() throws Exception {
    serve(exchange -> await());
    Watch watch = watch();
    for (int i = 0; i < 100 && queries.size() < 2; i++) {
      Thread.sleep(20);
    }

    watch.close();
    watch.close();
    Thread.sleep(300);

    assertThat(queries).hasSize(2);
    assertThat(changed.availablePermits()).isZero();
  }

  private Watch watch() throws IOException {
    ObjectWatch watch =
        new ObjectWatch(server.connection(folder).api(), LIST, "p", changed::release, SHORT);
    watch.start();
    return watch;
  }

  private void serve(Stream stream) {
    server.on(
        LIST,
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          queries.add(query);
          if (!query.contains("watch=true")) {
            list(exchange);
            return;
          }
          exchange.sendResponseHeaders(200, 0);
          stream.to(exchange);
        });
  }

  private void list(HttpExchange exchange) throws IOException {
    FakeApiServer.send(
        exchange,
        200,
        "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + object(version.get()) + "]}");
  }

  private static void line(HttpExchange exchange, String type, int version) throws IOException {
    exchange
        .getResponseBody()
        .write(
            "{\"type\":\"%s\",\"object\":%s}\n"
                .formatted(type, object(version))
                .getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static String object(int version) {
    return "{\"metadata\":{\"uid\":\"u\",\"name\":\"p\",\"resourceVersion\":\"%d\"}}"
        .formatted(version);
  }

  private void await() {
    try {
      var _ = end.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
