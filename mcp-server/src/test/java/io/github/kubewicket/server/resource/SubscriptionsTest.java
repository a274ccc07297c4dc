package io.github.kubewicket.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.net.httpserver.HttpExchange;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.ledger.EntryType;
import io.github.kubewicket.server.cluster.FakeApiServer;
import io.github.kubewicket.server.command.ServedShop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Subscriptions to a cluster whose watches the test writes itself, and to a real ledger.
class SubscriptionsTest {
  private static final Caller ADA = new Caller("stdio:ada");
  private static final Caller BOB = new Caller("stdio:bob");
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final Subscriptions.Terms TERMS =
      new Subscriptions.Terms(3, 5, 2, Duration.ofMillis(200));

  /// What the watch of each pod is to write next.
  private final ConcurrentMap<String, LinkedBlockingQueue<String>> lines =
      new ConcurrentHashMap<>();

  private final Semaphore told = new Semaphore(0);
  @TempDir private Path folder;
  private FakeApiServer server;
  private ServedShop shop;
  private OfferedResources resources;

  @BeforeEach
  void serve() throws IOException {
    server = new FakeApiServer().withKinds();
    server.on(PODS, this::pods);
    for (String pod : List.of("a", "b", "c")) {
      server.on(PODS + "/" + pod, object(pod, 1));
    }
    server.on(
        "/api/v1/namespaces/kube-system",
        "{\"metadata\":{\"name\":\"kube-system\",\"uid\":\"c1\"}}");
    shop = ServedShop.of(folder, ServedShop.AUTO, server.connection(folder));
    resources =
        new OfferedResources(
            shop.calls(),
            shop.calls(),
            () -> Optional.of(shop.ledger()),
            name -> "c1",
            InstantSource.system(),
            TERMS,
            Duration.ofMillis(100));
  }

  @AfterEach
  void stop() {
    shop.close();
    server.close();
  }

  @Test
  void tellsOfAChangeOfAnObject() throws Exception {
    try (AutoCloseable _ = subscribe(ADA, pod("a"))) {
      awaitWatches(1);

      write("a", "MODIFIED", 2);

      assertThat(told.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void oneWatchServesAllWhoWantToKnow() throws Exception {
    try (AutoCloseable _ = subscribe(ADA, pod("a"));
        AutoCloseable _ = subscribe(ADA, "kubewicket://objects/shop/po/%61");
        AutoCloseable _ = subscribe(BOB, "kubewicket://objects/shop/Pod/a")) {
      awaitWatches(1);

      write("a", "MODIFIED", 2);

      assertThat(told.tryAcquire(3, 5, TimeUnit.SECONDS)).isTrue();
      assertThat(resources.watched()).isEqualTo(1);
      assertThat(watches()).isEqualTo(1);
    }
  }

  @Test
  void manyChangesAreToldAsFew() throws Exception {
    try (AutoCloseable _ = subscribe(ADA, pod("a"))) {
      awaitWatches(1);

      for (int version = 2; version < 200; version++) {
        write("a", "MODIFIED", version);
      }
      Thread.sleep(500);

      assertThat(told.availablePermits()).isBetween(1, 4);
    }
  }

  @Test
  void nobodyHasMoreThanMayBeHad() throws Exception {
    List<AutoCloseable> taken = new ArrayList<>();
    for (String pod : List.of("a", "a", "b")) {
      taken.add(subscribe(ADA, pod(pod)));
    }

    Optional<AutoCloseable> fourthOfOne = resources.subscribe(ADA, pod("a"), told::release);
    Optional<AutoCloseable> thirdObject = resources.subscribe(BOB, pod("c"), told::release);
    taken.add(subscribe(BOB, pod("a")));
    taken.add(subscribe(BOB, pod("a")));
    Optional<AutoCloseable> sixthOfAll =
        resources.subscribe(new Caller("stdio:eve"), pod("a"), told::release);

    assertThat(fourthOfOne).isEmpty();
    assertThat(thirdObject).isEmpty();
    assertThat(sixthOfAll).isEmpty();
    assertThat(resources.subscribed()).isEqualTo(5);
    for (AutoCloseable one : taken) {
      one.close();
      one.close();
    }
    assertThat(resources.subscribed()).isZero();
    assertThat(resources.watched()).isZero();
    subscribe(BOB, pod("c")).close();
  }

  @Test
  void aClosedSubscriptionLeavesNothing() throws Exception {
    AutoCloseable subscription = subscribe(ADA, pod("a"));
    awaitWatches(1);

    subscription.close();
    write("a", "MODIFIED", 2);

    assertThat(told.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(resources.watched()).isZero();
    until("the thread is gone", () -> threads("notice") == 0 && threads("watch-") == 0);
  }

  @Test
  void followsOnlyWhatCouldBeRead() {
    server.on(PODS + "/a", 403, "{\"message\":\"pods is forbidden\"}");

    for (String uri :
        List.of(
            pod("a"),
            pod("nothing"),
            "kubewicket://objects/-/pod/b",
            "kubewicket://objects/shop/pod/%2e%2e",
            "kubewicket://reports/shop",
            "kubewicket://changes/ch_1",
            "nonsense")) {
      assertThat(resources.subscribe(ADA, uri, told::release)).as(uri).isEmpty();
    }

    assertThat(resources.subscribed()).isZero();
  }

  @Test
  void tellsWhenSomethingHappensToAChange() throws Exception {
    record(EntryType.REQUESTED, "ar_1", "stdio:ada");
    record(EntryType.REQUESTED, "ar_2", "stdio:ada");
    try (AutoCloseable _ = subscribe(ADA, "kubewicket://changes/ar_1")) {
      record(EntryType.REJECTED, "ar_2", "");
      boolean other = told.tryAcquire(500, TimeUnit.MILLISECONDS);

      record(EntryType.REJECTED, "ar_1", "");

      assertThat(told.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
      assertThat(other).isFalse();
    }
    until("nobody looks any more", () -> threads("ledger-poll") == 0);
  }

  @Test
  void tellsOfNewChangesOnlyWhoMaySeeThem() throws Exception {
    try (AutoCloseable _ = subscribe(BOB, "kubewicket://changes")) {
      record(EntryType.REQUESTED, "ar_1", "stdio:ada");
      boolean hers = told.tryAcquire(500, TimeUnit.MILLISECONDS);
      record(EntryType.REQUESTED, "ar_2", "stdio:bob");

      assertThat(told.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
      assertThat(hers).isFalse();
    }
  }

  private AutoCloseable subscribe(Caller caller, String uri) {
    return resources.subscribe(caller, uri, told::release).orElseThrow();
  }

  private static String pod(String name) {
    return "kubewicket://objects/shop/pods/" + name;
  }

  private void record(EntryType type, String requestId, String caller) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("requestId", requestId)
            .put("caller", caller)
            .put("expiresAt", "2030-01-01T00:00:00Z");
    body.putObject("binding").put("notAfter", "2030-01-01T00:00:00Z");
    var _ = shop.ledger().write(tx -> tx.append(type, body));
  }

  /// The list of pods, and its watches.
  private void pods(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String pod = query.replaceAll(".*metadata.name=([a-z]+).*", "$1");
    if (!query.contains("watch=true")) {
      FakeApiServer.send(
          exchange,
          200,
          "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + object(pod, 1) + "]}");
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    lines.put(pod, queue);
    try {
      for (int i = 0; i < 400; i++) {
        String line = queue.poll(50, TimeUnit.MILLISECONDS);
        out.write((line == null ? "" : line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String object(String name, int version) {
    return "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"shop\",\"uid\":\"u-%s\",\"resourceVersion\":\"%d\"}}"
        .formatted(name, name, version);
  }

  private void write(String pod, String type, int version) {
    Optional.ofNullable(lines.get(pod))
        .orElseThrow()
        .add("{\"type\":\"%s\",\"object\":%s}".formatted(type, object(pod, version)));
  }

  private void awaitWatches(int count) throws InterruptedException {
    until("there are " + count + " watches", () -> lines.size() == count);
  }

  private long watches() {
    return server.seen().stream().filter(seen -> seen.path().contains("watch=true")).count();
  }

  /// Virtual threads are not in the usual lists; a dump has them.
  private static long threads(String name) {
    try {
      Path dump = Files.createTempDirectory("threads").resolve("dump.json");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
      long found =
          Files.readString(dump)
              .lines()
              .filter(line -> line.contains("\"name\": \"" + name))
              .count();
      Files.delete(dump);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void until(String what, BooleanSupplier so) throws InterruptedException {
    for (int i = 0; i < 200 && !so.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(so.getAsBoolean()).as(what).isTrue();
  }
}
