package io.github.kubewicket.server.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpCalendarsTest {
  private static final String CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Öffnung\r\nEND:VCALENDAR\r\n";
  private static final int MOST = 1 << 20;

  private final AtomicInteger followed = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", it -> answer(it, 200, CALENDAR));
    server.createContext("/missing", it -> answer(it, 404, CALENDAR));
    server.createContext(
        "/moved",
        it -> {
          it.getResponseHeaders().add("Location", "/target");
          answer(it, 302, "");
        });
    server.createContext(
        "/target",
        it -> {
          followed.incrementAndGet();
          answer(it, 200, CALENDAR);
        });
    server.createContext("/big", it -> answer(it, 200, "x".repeat(MOST + 1)));
    server.createContext("/slow", HttpCalendarsTest::drip);
    server.start();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.stop(0);
  }

  @Test
  void readsACalendar() throws IOException {
    String text = new HttpCalendars().read(address("/good"), MOST);

    assertThat(text).isEqualTo(CALENDAR);
  }

  @Test
  void takesNothingButAGoodAnswer() {
    assertThatThrownBy(() -> new HttpCalendars().read(address("/missing"), MOST))
        .isInstanceOf(IOException.class)
        .hasMessage("answered 404");
  }

  @Test
  void followsNoRedirect() {
    assertThatThrownBy(() -> new HttpCalendars().read(address("/moved"), MOST))
        .hasMessage("answered 302, and redirects are not followed");
    assertThat(followed).hasValue(0);
  }

  @Test
  void readsNoMoreThanItMay() {
    assertThatThrownBy(() -> new HttpCalendars().read(address("/big"), MOST))
        .hasMessage("could not be fetched, or is larger than 1 MiB");
  }

  @Test
  void givesUpOnAnAnswerThatDrips() {
    HttpCalendars impatient = new HttpCalendars(Duration.ofMillis(400));

    assertThatThrownBy(() -> impatient.read(address("/slow"), MOST))
        .hasMessage("did not answer in time");
  }

  @Test
  void tellsNothingOfTheAddress() throws IOException {
    URI address = address("/private-secret");
    server.stop(0);

    assertThatThrownBy(() -> new HttpCalendars().read(address, MOST))
        .hasMessageNotContaining("secret")
        .hasMessageStartingWith("could not be fetched");
  }

  @Test
  void asksNoProxyThatTheMachineNames() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.incrementAndGet();
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {
            asked.incrementAndGet();
          }
        });
    try {
      assertThat(new HttpCalendars().read(address("/good"), MOST)).isEqualTo(CALENDAR);
      assertThat(asked).hasValue(0);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /// Headers at once, then a byte now and then.
  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 100; i++) {
        out.write('x');
        out.flush();
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
