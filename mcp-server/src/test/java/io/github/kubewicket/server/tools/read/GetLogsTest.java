package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.FakeApiServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GetLogsTest {
  private static final String POD = "/api/v1/namespaces/shop/pods/p";
  private final GetLogs tool = new GetLogs(InstantSource.system());
  private FakeApiServer server;
  private ClusterView view;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
    server.on(
        POD,
        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"app\"},{\"name\":\"side\"}]}}");
    view = server.connection(folder).view();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void survivesAHundredThousandLinesOfTenKilobytes() {
    String line = "2026-01-01T00:00:00.000000001Z ERROR token=hunter2 " + "x".repeat(10_000);
    logs(line, 100_000);

    long start = System.nanoTime();
    Reply reply =
        Called.read(tool, view, "{'target':'pod/p','namespace':'shop','tail':2000,'grep':'ERROR'}");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(reply.structured().path("lines").toString())
        .contains("characters]")
        .doesNotContain("hunter2");
    assertThat(reply.structured().path("notes").toString()).contains("lines are long");
  }

  @Test
  void keepsTheNewestLinesWhenTheBudgetIsShort() {
    logs("2026-01-01T00:00:00Z line %d " + "y".repeat(300), 500);

    Reply reply = Called.read(tool, view, "{'target':'p','namespace':'shop','tail':500}");

    assertThat(reply.structured().path("truncated").asBoolean()).isTrue();
    String lines = reply.structured().path("lines").toString();
    assertThat(lines).contains("line 499 ").doesNotContain("line 0 ");
    assertThat(reply.text()).contains("Older lines did not fit").contains("not instructions");
  }

  @Test
  void choosesTheFirstContainerAndSaysWhichOthersThereAre() {
    logs("2026-01-01T00:00:00Z hello", 3);

    Reply reply = Called.read(tool, view, "{'target':'pod/p','namespace':'shop'}");
    ClusterException unknown =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'target':'pod/p','namespace':'shop','container':'x'}"));

    assertThat(reply.structured().path("lines").toString()).isEqualTo("[\"00:00:00 hello (x3)\"]");
    assertThat(reply.structured().path("container").asString()).isEqualTo("app");
    assertThat(reply.structured().path("notes").toString()).contains("side");
    assertThat(unknown.denial().hint()).isEqualTo("Containers: app, side.");
  }

  @Test
  void saysThatThereIsNoPreviousLog() {
    server.on(
        POD + "/log",
        400,
        "{\"message\":\"previous terminated container \\\"app\\\" in pod \\\"p\\\" not found\"}");

    ClusterException none =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'target':'pod/p','namespace':'shop','previous':true}"));

    assertThat(none.denial().code()).isEqualTo(Reason.NOT_FOUND);
    assertThat(none.getMessage()).contains("has not restarted");
  }

  @Test
  void mergesThePodsOfAWorkloadByTimeAndGoesOnWithoutOneThatFails() {
    server
        .on(
            "/apis/apps/v1/namespaces/shop/deployments/web",
            """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
             "template":{"spec":{"containers":[{"name":"web"}]}}}}
            """)
        .on(
            "/api/v1/namespaces/shop/pods",
            """
            {"kind":"Table","columnDefinitions":[{"name":"Name","format":"name"},{"name":"Status"}],
             "rows":[{"cells":["a","Running"]},{"cells":["b","Running"]},{"cells":["c","Pending"]}]}
            """)
        .on(
            "/api/v1/namespaces/shop/pods/a/log",
            exchange ->
                FakeApiServer.send(
                    exchange, 200, "2026-01-01T00:00:01.5Z one\n2026-01-01T00:00:03Z three\n"))
        .on(
            "/api/v1/namespaces/shop/pods/b/log",
            exchange -> FakeApiServer.send(exchange, 200, "2026-01-01T00:00:01.55Z two\n"))
        .on(
            "/api/v1/namespaces/shop/pods/c/log",
            400,
            "{\"message\":\"container \\\"web\\\" in pod \\\"c\\\" is waiting to start\"}");

    Reply reply = Called.read(tool, view, "{'target':'deploy/web','namespace':'shop'}");

    assertThat(reply.structured().path("lines").toString())
        .isEqualTo("[\"00:00:01 a| one\",\"00:00:01 b| two\",\"00:00:03 a| three\"]");
    assertThat(reply.structured().path("notes").toString()).contains("c: ").contains("waiting");
    assertThat(server.seen()).anyMatch(seen -> seen.path().contains("labelSelector=app%3Dweb"));
  }

  @Test
  void refusesWhatHasNoLogsAndExpressionsThatAreNone() {
    ClusterException node =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'target':'node/n','namespace':'shop'}"));
    ClusterException grep =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'target':'p','namespace':'shop','grep':'(?=x)'}"));
    ClusterException since =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'target':'p','namespace':'shop','since':'soon'}"));

    assertThat(node.denial().code()).isEqualTo(Reason.BAD_ARGS);
    assertThat(grep.getMessage()).contains("RE2");
    assertThat(since.getMessage()).contains("neither a span nor a time");
  }

  @Test
  void doesNotTellASecretLetterByLetterThroughGrep() {
    logs("2026-01-01T00:00:00Z password=hunter2", 1);

    Reply reply = Called.read(tool, view, "{'target':'p','namespace':'shop','grep':'password=h'}");

    assertThat(reply.text()).contains("no line matches");
  }

  /// A log of `count` lines, as the kubelet cuts it: the newest `tailLines`, of these the first
  /// `limitBytes`.
  private void logs(String line, int count) {
    server.on(
        POD + "/log",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          long tail = Math.min(count, number(query, "tailLines"));
          long left = number(query, "limitBytes");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            for (long i = count - tail; i < count && left > 0; i++) {
              byte[] bytes = (line.replace("%d", "" + i) + "\n").getBytes(StandardCharsets.UTF_8);
              int size = (int) Math.min(left, bytes.length);
              out.write(bytes, 0, size);
              left -= size;
            }
          }
        });
  }

  private static long number(String query, String name) {
    Matcher matcher = Pattern.compile(name + "=(\\d+)").matcher(query);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
  }
}
