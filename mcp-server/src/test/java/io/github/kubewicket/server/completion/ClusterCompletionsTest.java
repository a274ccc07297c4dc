package io.github.kubewicket.server.completion;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.call.Views;
import io.github.kubewicket.server.cluster.ClusterException;
import io.github.kubewicket.server.cluster.ClusterView;
import io.github.kubewicket.server.cluster.FakeApiServer;
import io.github.kubewicket.server.offer.Completion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCompletionsTest {
  private static final Caller ADA = new Caller("stdio:ada");
  private static final Caller BOB = new Caller("stdio:bob");
  private static final String OBJECTS = "kubewicket://objects/{namespace}/{kind}/{name}";
  private static final Map<String, List<String>> ARGUMENTS =
      Map.of(
          OBJECTS,
          List.of("namespace", "kind", "name"),
          "kubewicket://changes/{id}",
          List.of("id"),
          "diagnose_rollout",
          List.of("namespace", "workload"),
          "hand_over_incident",
          List.of("namespace", "since"));
  private static final Map<String, String> PODS = Map.of("namespace", "shop", "kind", "po");
  private static final String LIST = "/api/v1/namespaces/shop/pods";

  private final AtomicLong nanos = new AtomicLong();
  @TempDir private Path folder;
  private FakeApiServer server;
  private Eyes eyes;
  private ClusterCompletions completions;

  /// Whoever may look, as a call path says it.
  private static final class Eyes implements Views {
    private final ClusterView view;
    private boolean open = true;

    Eyes(ClusterView view) {
      this.view = view;
    }

    @Override
    public boolean has(Caller caller, String tool) {
      return open;
    }

    @Override
    public boolean several() {
      return false;
    }

    @Override
    public List<String> clusters(Caller caller) {
      return List.of();
    }

    @Override
    public <T> T look(
        Caller caller, String cluster, String tool, Function<ClusterView, T> question) {
      if (caller.equals(BOB)) {
        throw new ClusterException(Reason.FORBIDDEN, "Not for Bob.", "Ask Ada.");
      }
      return question.apply(view);
    }

    @Override
    public int answerBytes() {
      return 8_192;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new FakeApiServer().withKinds();
    server.on("/api/v1/namespaces", table("default", "shop", "shop-dev", "kube-system"));
    server.on(LIST, table("web-2", "web-1", "Web-3", "db-0"));
    server.on("/apis/apps/v1/namespaces/shop/deployments", table("web", "checkout"));
    eyes = new Eyes(server.connection(folder).view());
    Ticker ticker = nanos::get;
    completions =
        new ClusterCompletions(
            eyes,
            caller -> List.of("ch_2", "ch_1"),
            () -> ARGUMENTS,
            Duration.ofMillis(1_500),
            ticker);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void completesNamespaces() {
    assertThat(values(OBJECTS, "namespace", "sh", Map.of())).containsExactly("shop", "shop-dev");
    assertThat(values(OBJECTS, "namespace", "", Map.of()).getFirst()).isEqualTo("-");
    assertThat(values("diagnose_rollout", "namespace", "", Map.of()))
        .containsExactly("default", "kube-system", "shop", "shop-dev");
  }

  @Test
  void completesKindsByAllTheirNames() {
    Map<String, String> here = Map.of("namespace", "shop");

    assertThat(values(OBJECTS, "kind", "DEP", here)).containsExactly("deploy", "deployments");
    assertThat(values(OBJECTS, "kind", "", here))
        .contains("pods", "widgets")
        .doesNotContain("po", "nodes");
    assertThat(values(OBJECTS, "kind", "", Map.of("namespace", "-")))
        .containsExactly("namespaces", "nodes");
  }

  @Test
  void completesNamesOfTheKindInTheNamespace() {
    assertThat(values(OBJECTS, "name", "web", PODS)).containsExactly("Web-3", "web-1", "web-2");
    assertThat(values("diagnose_rollout", "workload", "deployment/w", PODS))
        .containsExactly("deployment/web");
    assertThat(values("kubewicket://changes/{id}", "id", "ch_", Map.of()))
        .containsExactly("ch_2", "ch_1");
    assertThat(values("hand_over_incident", "since", "1", Map.of()))
        .containsExactly("15m", "1h", "12h", "1d");
  }

  @Test
  void suggestsNothingForWhatItDoesNotKnow() {
    assertThat(complete("nothing", "namespace", "", Map.of())).isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "nothing", "", Map.of())).isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "name", "", Map.of())).isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "name", "", Map.of("kind", "po"))).isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "name", "", Map.of("kind", "nonsense", "namespace", "shop")))
        .isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "name", "", Map.of("kind", "po", "namespace", "../x")))
        .isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "namespace", "s".repeat(1_000_000), Map.of()))
        .isEqualTo(Completion.NONE);
    assertThat(complete(OBJECTS, "namespace", "\u0000.*", Map.of())).isEqualTo(Completion.NONE);
  }

  @Test
  void countsMoreThanItShows() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      names.add("p-" + i);
    }
    server.on(LIST, table(names.toArray(String[]::new)));

    Completion completion = complete(OBJECTS, "name", "p-", PODS);

    assertThat(completion.values()).hasSize(100);
    assertThat(completion.total()).isEqualTo(250);
    assertThat(completion.hasMore()).isTrue();
  }

  @Test
  void asksOnceInHalfAMinute() {
    for (String typed : List.of("", "w", "we", "web")) {
      complete(OBJECTS, "name", typed, PODS);
    }
    long before = asked();
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    complete(OBJECTS, "name", "web", PODS);

    assertThat(before).isEqualTo(1);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void showsNobodyWhatAnotherWasShown() {
    List<String> adas = values(OBJECTS, "name", "", PODS);

    Completion bobs = completions.complete(BOB, OBJECTS, "name", "", PODS);

    assertThat(adas).hasSize(4);
    assertThat(bobs).isEqualTo(Completion.NONE);
  }

  @Test
  void forgetsWhatItKeptWhenTheToolIsTakenAway() {
    complete(OBJECTS, "name", "", PODS);

    eyes.open = false;

    assertThat(complete(OBJECTS, "name", "", PODS)).isEqualTo(Completion.NONE);
  }

  @Test
  void doesNotWaitForASlowClusterAndKeepsWhatItSaysLater() throws InterruptedException {
    completions =
        new ClusterCompletions(
            eyes, caller -> List.of(), () -> ARGUMENTS, Duration.ofMillis(200), nanos::get);
    complete(OBJECTS, "kind", "", Map.of());
    server.on(
        LIST,
        exchange -> {
          try {
            Thread.sleep(1_200);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          FakeApiServer.send(exchange, 200, table("web-1"));
        });

    long start = System.nanoTime();
    Completion early = complete(OBJECTS, "name", "", PODS);
    Completion again = complete(OBJECTS, "name", "w", PODS);
    long took = System.nanoTime() - start;
    Thread.sleep(2_000);

    assertThat(early).isEqualTo(Completion.NONE);
    assertThat(again).isEqualTo(Completion.NONE);
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(1));
    assertThat(values(OBJECTS, "name", "w", PODS)).containsExactly("web-1");
    assertThat(asked()).isEqualTo(1);
  }

  private long asked() {
    return server.seen().stream().filter(seen -> seen.path().startsWith(LIST)).count();
  }

  private List<String> values(
      String reference, String argument, String typed, Map<String, String> known) {
    return complete(reference, argument, typed, known).values();
  }

  private Completion complete(
      String reference, String argument, String typed, Map<String, String> known) {
    return completions.complete(ADA, reference, argument, typed, known);
  }

  private static String table(String... names) {
    StringBuilder rows = new StringBuilder();
    for (String name : names) {
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              "{\"cells\":[\"%s\"],\"object\":{\"metadata\":{\"name\":\"%s\"}}}"
                  .formatted(name, name));
    }
    return "{\"kind\":\"Table\",\"columnDefinitions\":[{\"name\":\"Name\",\"priority\":0}],\"rows\":["
        + rows
        + "]}";
  }
}
