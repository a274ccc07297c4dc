package io.github.kubewicket.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.kubewicket.policy.settings.NotifierSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Telling people over a real socket and into a real file.
class NotifiersTest {
  private static final ObjectNode MESSAGE =
      JsonNodeFactory.instance.objectNode().put("event", "acted").put("text", "It was done.");

  @TempDir Path directory;
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/taken",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/refused",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('a');
          exchange.getResponseBody().flush();
          await(end);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void aMessageIsToldWhenEveryPlaceHasTakenIt() {
    Path file = directory.resolve("told.jsonl");

    boolean told = notifiers(address("/taken"), Optional.of(file.toString())).tell(MESSAGE);

    assertThat(told).isTrue();
    assertThat(file).content().isEqualTo(MESSAGE + "\n");
    assertThat(notifiers(address("/refused"), Optional.of(file.toString())).tell(MESSAGE))
        .isFalse();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anAnswerThatNeverEndsIsNotWaitedFor() {
    boolean told = notifiers(address("/endless"), Optional.empty()).tell(MESSAGE);

    assertThat(told).isTrue();
    assertThat(end.getCount()).isEqualTo(1);
  }

  @Test
  void anAddressThatIsNoneIsANoAndNotAnException() {
    boolean told = notifiers("mailto:people@example.com", Optional.empty()).tell(MESSAGE);

    assertThat(told).isFalse();
  }

  private Notifiers notifiers(String webhook, Optional<String> file) {
    return new Notifiers(
        () -> new NotifierSettings(Optional.of(webhook), file, Duration.ofSeconds(60)));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
