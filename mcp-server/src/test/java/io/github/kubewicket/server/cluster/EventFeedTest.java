package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFeedTest {
  private static final String EVENT =
      "{\"metadata\":{\"uid\":\"%s\"},\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\"},\"type\":\"Normal\","
          + "\"reason\":\"%s\",\"message\":\"m\",\"lastTimestamp\":\"2026-01-01T00:00:0%sZ\"}";
  private FakeApiServer server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void followsChangesWithoutAskingForTheListAgain() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    server.on(
        "/api/v1/namespaces/shop/events",
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          if (!query.contains("watch=true")) {
            FakeApiServer.send(
                exchange,
                200,
                "{\"metadata\":{\"resourceVersion\":\"42\"},\"items\":["
                    + EVENT.formatted("a", "Old", 1)
                    + ","
                    + EVENT.formatted("b", "Gone", 2)
                    + "]}");
            return;
          }
          assertThat(query).contains("resourceVersion=42");
          exchange.sendResponseHeaders(200, 0);
          await(changed);
          for (String change :
              List.of(
                  "{\"type\":\"ADDED\",\"object\":" + EVENT.formatted("c", "New", 3) + "}\n",
                  "{\"type\":\"DELETED\",\"object\":" + EVENT.formatted("b", "Gone", 2) + "}\n")) {
            exchange.getResponseBody().write(change.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
          }
          await(new CountDownLatch(1));
        });
    ClusterView view = server.connection(folder).view();

    List<String> before = reasons(view);
    changed.countDown();
    List<String> after = before;
    for (int i = 0; i < 100 && after.size() == before.size() && !after.contains("New"); i++) {
      Thread.sleep(50);
      after = reasons(view);
    }
    Thread.sleep(200);

    assertThat(before).containsExactly("Gone", "Old");
    assertThat(reasons(view)).containsExactly("New", "Old");
    assertThat(server.seen()).filteredOn(seen -> seen.path().endsWith("/shop/events")).hasSize(1);
  }

  private static List<String> reasons(ClusterView view) {
    return view.recentEvents(view.kind("pod"), Optional.of("shop"), "p").events().stream()
        .map(Event::reason)
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      var unused = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
