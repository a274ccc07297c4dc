package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.FakeApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ListResourcesTest {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private final ListResources tool = new ListResources();
  private FakeApiServer server;
  private ClusterView view;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
    view = server.connection(folder).view();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void countsByStateAndShowsTheUnhealthyFirst() {
    server.on(
        PODS,
        pods(
            List.of(
                "a 1/1 Running",
                "b 0/1 Completed",
                "c 0/1 CrashLoopBackOff",
                "d 0/1 Running",
                "e 0/1 Pending",
                "f 0/1 Init:0/2")));

    Reply reply = Called.read(tool, view, "{'kind':'po','namespace':'shop'}");

    assertThat(names(reply)).containsExactly("c", "d", "e", "f", "a", "b");
    assertThat(reply.structured().path("states").toString())
        .isEqualTo(
            "{\"CrashLoopBackOff\":1,\"Init\":1,\"Pending\":1,\"Running, not ready\":1,\"Completed\":1,\"Running\":1}");
    assertThat(reply.text()).startsWith("6 pods in namespace shop: 1 CrashLoopBackOff");
    assertThat(reply.structured().path("truncated").asBoolean()).isFalse();
  }

  @Test
  void fitsFiveThousandRowsIntoItsBudgetAndPagesThroughAllOfThem() {
    List<String> rows =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "web-%04d 1/1 %s".formatted(i, i % 1_000 == 7 ? "Error" : "Running"))
            .toList();
    server.on(PODS, pods(rows));

    Set<String> seen = new LinkedHashSet<>();
    int pages = 0;
    Reply reply = Called.read(tool, view, "{'kind':'po','namespace':'shop','limit':500}", 40_000);
    while (true) {
      seen.addAll(names(reply));
      pages++;
      JsonNode cursor = reply.structured().path("cursor");
      if (cursor.isMissingNode()) {
        break;
      }
      reply =
          Called.read(
              tool,
              view,
              "{'kind':'po','namespace':'shop','limit':500,'cursor':'" + cursor.asString() + "'}",
              40_000);
    }

    assertThat(seen).hasSize(5_000);
    assertThat(seen)
        .startsWith("web-0007", "web-1007", "web-2007", "web-3007", "web-4007", "web-0000");
    assertThat(pages).isBetween(10, 20);
    Reply small = Called.read(tool, view, "{'kind':'po','namespace':'shop'}");
    assertThat(small.structured().path("truncated").asBoolean()).isTrue();
    assertThat(names(small).size()).isGreaterThan(50);
  }

  @Test
  void goesOnAtTheSamePlaceWhenRowsComeAndGo() {
    server.on(PODS, pods(List.of("a 1/1 Running", "c 1/1 Running", "e 1/1 Running")));
    Reply first = Called.read(tool, view, "{'kind':'po','namespace':'shop','limit':2}");
    server.on(
        PODS, pods(List.of("0 1/1 Running", "b 1/1 Running", "d 1/1 Running", "e 1/1 Running")));

    Reply second =
        Called.read(
            tool,
            view,
            "{'kind':'po','namespace':'shop','cursor':'"
                + first.structured().path("cursor").asString()
                + "'}");

    assertThat(names(first)).containsExactly("a", "c");
    assertThat(names(second)).containsExactly("d", "e");
  }

  @Test
  void refusesACursorOfAnotherNamespace() {
    server.on(PODS, pods(List.of("a 1/1 Running", "b 1/1 Running")));
    server.on("/api/v1/pods", pods(List.of()));
    String cursor =
        Called.read(tool, view, "{'kind':'po','namespace':'shop','limit':1}")
            .structured()
            .path("cursor")
            .asString();

    ClusterException refused =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'kind':'po','cursor':'" + cursor + "'}"));

    assertThat(refused.denial().code()).isEqualTo(Reason.BAD_ARGS);
  }

  @Test
  void showsTheColumnsThatWereAskedFor() {
    server.on(PODS, pods(List.of("a 1/1 Running")));

    Reply named = Called.read(tool, view, "{'kind':'po','namespace':'shop','columns':['status']}");
    Reply wide = Called.read(tool, view, "{'kind':'po','namespace':'shop','columns':['wide']}");
    ClusterException unknown =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'kind':'po','namespace':'shop','columns':['x']}"));

    assertThat(named.structured().path("columns").toString()).isEqualTo("[\"Name\",\"Status\"]");
    assertThat(wide.structured().path("columns").toString()).contains("Node");
    assertThat(unknown.denial().hint()).contains("Name, Ready, Status, Node");
  }

  @Test
  void saysThatANamespaceDoesNotExistInsteadOfCallingItEmpty() {
    server.on("/api/v1/namespaces/nope/pods", pods(List.of()));
    server.on("/api/v1/namespaces/shop/pods", pods(List.of()));
    server.on("/api/v1/namespaces/shop", "{\"kind\":\"Namespace\"}");

    ClusterException none =
        catchThrowableOfType(
            ClusterException.class,
            () -> Called.read(tool, view, "{'kind':'po','namespace':'nope'}"));
    Reply empty = Called.read(tool, view, "{'kind':'po','namespace':'shop'}");

    assertThat(none.denial().code()).isEqualTo(Reason.NOT_FOUND);
    assertThat(empty.text()).isEqualTo("No pods in namespace shop.");
  }

  @Test
  void staysInItsBudgetWithHugeCellsAndThousandsOfStates() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      rows.add("n" + "x".repeat(200) + i + " 1/1 " + "State".repeat(60) + i);
    }
    server.on(PODS, pods(rows));

    Reply reply = Called.read(tool, view, "{'kind':'po','namespace':'shop','columns':['wide']}");

    assertThat(reply.structured().path("total").asInt()).isEqualTo(3_000);
    assertThat(reply.structured().path("rows")).isNotEmpty();
  }

  private static List<String> names(Reply reply) {
    List<String> names = new ArrayList<>();
    reply.structured().path("rows").forEach(row -> names.add(row.path(0).asString()));
    return names;
  }

  private static String pods(List<String> rows) {
    return """
    {"kind":"Table","columnDefinitions":[{"name":"Name","format":"name","priority":0},
      {"name":"Ready","priority":0},{"name":"Status","priority":0},{"name":"Node","priority":1}],
     "rows":[%s]}
    """
        .formatted(
            rows.stream()
                .map(row -> row.split(" "))
                .map(cells ->
                    "{\"cells\":[\"%s\",\"%s\",\"%s\",\"node-a\"],\"object\":null}"
                        .formatted(cells[0], cells[1], cells[2]))
                .collect(Collectors.joining(",")));
  }
}
