package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing to talk to: the server starts all the same, lists its tools, and every call says within
/// ten seconds, in one sentence and a hint, what is wrong. Needs no cluster.
class UnreachableClusterIT {
  private static final Map<String, Map<String, ?>> CALLS =
      Map.of(
          "list_resources", Map.of("kind", "pods"),
          "get_resource", Map.of("kind", "pod", "name", "web-1", "namespace", "shop"),
          "get_logs", Map.of("target", "pod/web-1", "namespace", "shop"),
          "list_events", Map.of("namespace", "shop"),
          "describe_kind", Map.of("kind", "pods"),
          "restart_workload",
              Map.of("namespace", "shop", "workload", "deployment/web", "reason", "it hangs"));

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @Test
  void saysThatThereIsNoKubeconfig() {
    assertSays(folder.resolve("absent"), "kubeconfig");
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = listening()) {
      port = free.getLocalPort();
    }

    assertSays(kubeconfig("https", port), "refused the connection");
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    try (ServerSocket silent = listening()) {
      assertSays(kubeconfig("https", silent.getLocalPort()), "127.0.0.1:" + silent.getLocalPort());
    }
  }

  @Test
  void saysThatTheCredentialsHaveExpired() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();

    try {
      assertSays(kubeconfig("http", server.getAddress().getPort()), "(401)");
    } finally {
      server.stop(0);
    }
  }

  private void assertSays(Path kubeconfig, String what) {
    Installation installation =
        new Installation(folder, kubeconfig).policy(Policies.auto("shop", "8s"));
    try (ServerProcess server = installation.serve()) {
      List<String> tools = server.tools();
      long start = System.nanoTime();
      Map<String, Duration> took = new ConcurrentHashMap<>();
      List<CompletableFuture<Reply>> calls = new ArrayList<>();
      CALLS.forEach((tool, arguments) ->
          calls.add(
              server
                  .begin(tool, arguments)
                  .whenComplete((reply, failure) ->
                      took.put(tool, Duration.ofNanos(System.nanoTime() - start)))));
      List<Reply> replies = calls.stream().map(ServerProcess::await).toList();

      assertThat(tools).containsAll(CALLS.keySet());
      assertThat(took).allSatisfy((tool, time) -> assertThat(time).isLessThan(LONGEST));
      assertThat(replies)
          .allSatisfy(reply -> {
            assertThat(reply.failed()).isTrue();
            assertThat(reply.code()).as(reply.text()).isIn("CLUSTER_UNAVAILABLE", "TIMEOUT");
            assertThat(reply.field("message")).contains(what).endsWith(".").hasSizeLessThan(300);
            assertThat(reply.field("hint")).isNotBlank();
            assertThat(reply.line()).doesNotContain("Exception").doesNotContain("wrong-token");
          });
      assertThat(server.stderr()).doesNotContain("wrong-token");
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private Path kubeconfig(String scheme, int port) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: wrong-token}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(scheme, port));
  }
}
