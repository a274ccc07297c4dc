package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.settings.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several clusters side by side.
class ClustersTest {
  @TempDir private Path folder;
  private FakeApiServer live;
  private ServerSocket blackHole;
  private volatile List<ClusterSettings> settings = List.of();
  private Clusters clusters;

  @BeforeEach
  void start() throws IOException {
    live = new FakeApiServer().withKinds();
    live.on("/api/v1/namespaces/shop/pods/web", "{\"kind\":\"Pod\",\"metadata\":{}}");
    // It takes connections, as its backlog does, and never says a word.
    blackHole = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    clusters =
        new Clusters(
            () -> settings,
            new ClusterLocation(
                Optional.of(live.kubeconfig(folder, "{token: usual}")),
                Optional.empty(),
                Map.of(),
                folder),
            "test",
            InstantSource.system());
  }

  @AfterEach
  void stop() throws IOException {
    live.close();
    blackHole.close();
  }

  @Test
  void isTheOneThatKubectlWouldUseWhereTheFileNamesNone() {
    assertThat(clusters.all()).extracting(Connection::name).containsExactly("");
    assertThat(clusters.all().getFirst().view().kind("pods").kind()).isEqualTo("Pod");
  }

  @Test
  void keepsTheConnectionOfWhatDidNotChange() throws IOException {
    settings = List.of(usual("a"), dead());
    List<Connection> before = clusters.all();
    settings = List.of(usual("b"), dead(), usual("a"));

    List<Connection> after = clusters.all();

    assertThat(after).extracting(Connection::name).containsExactly("b", "dead", "a");
    assertThat(after.get(1)).isSameAs(before.get(1));
    assertThat(after.get(2)).isSameAs(before.get(0));
  }

  @Test
  void makesAnotherConnectionWhereTheEntryChanged() throws IOException {
    settings = List.of(usual("a"));
    Connection before = clusters.find("a").orElseThrow();
    settings = List.of(file("a", folder.resolve("elsewhere")));

    Connection after = clusters.find("a").orElseThrow();

    assertThat(after).isNotSameAs(before);
    assertThat(clusters.find("b")).isEmpty();
  }

  @Test
  void aClusterFromInsideSaysSoWhereThereIsNone() {
    settings =
        List.of(new ClusterSettings("here", Optional.empty(), Optional.empty(), true), usual("a"));

    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class, () -> clusters.find("here").orElseThrow().view().kinds());

    assertThat(refused.denial().message()).contains("does not run in a cluster");
    assertThat(live.seen()).isEmpty();
  }

  @Test
  void aDeadClusterCostsALiveOneNothing() throws Exception {
    settings = List.of(dead(), usual("live"));
    List<Connection> both = clusters.all();
    long alone = slowest(both.get(1));
    CountDownLatch waiting = new CountDownLatch(20);
    long beside;

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        var unused =
            callers.submit(() -> {
              waiting.countDown();
              return both.get(0).view().kinds();
            });
      }
      assertThat(waiting.await(5, TimeUnit.SECONDS)).isTrue();
      beside = slowest(both.get(1));
      callers.shutdownNow();
    }

    assertThat(Duration.ofNanos(beside))
        .as("the slowest of 50 alone: %s ms", Duration.ofNanos(alone).toMillis())
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void warmsAllOfThemAtOnce() throws Exception {
    settings = List.of(dead(), usual("live"));
    BlockingQueue<String> warm = new LinkedBlockingQueue<>();

    clusters.warm(one -> warm.add(one.name()));

    // The dead one comes first in the file and takes its whole time.
    assertThat(warm.poll(30, TimeUnit.SECONDS)).isEqualTo("live");
    assertThat(live.seen()).isNotEmpty();
  }

  @Test
  void readsAKubeconfigAgainWhenItChanges() throws Exception {
    Path own = folder.resolve("own");
    Files.writeString(own, FakeApiServer.kubeconfig(live.url(), "{token: first}"));
    settings = List.of(file("a", own), dead());
    Connection before = clusters.find("a").orElseThrow();
    before.view().get(before.view().kind("pods"), Optional.of("shop"), "web");
    Files.writeString(own, FakeApiServer.kubeconfig(live.url(), "{token: second-one}"));
    Thread.sleep(1_100);

    Connection after = clusters.find("a").orElseThrow();
    after.view().get(after.view().kind("pods"), Optional.of("shop"), "web");

    assertThat(after).isSameAs(before);
    assertThat(live.seen().getLast().headers().get("Authorization"))
        .containsExactly("Bearer second-one");
  }

  /// The slowest of 50 calls, in nanoseconds.
  private static long slowest(Connection cluster) {
    ClusterView view = cluster.view();
    long slowest = 0;
    for (int i = 0; i < 50; i++) {
      long start = System.nanoTime();
      view.get(view.kind("pods"), Optional.of("shop"), "web");
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    return slowest;
  }

  private ClusterSettings dead() throws IOException {
    Path file = folder.resolve("dead");
    Files.writeString(
        file,
        FakeApiServer.kubeconfig("http://127.0.0.1:" + blackHole.getLocalPort(), "{token: dead}"));
    return file("dead", file);
  }

  private static ClusterSettings usual(String name) {
    return new ClusterSettings(name, Optional.empty(), Optional.empty(), false);
  }

  private static ClusterSettings file(String name, Path file) {
    return new ClusterSettings(name, Optional.of(file.toString()), Optional.empty(), false);
  }
}
