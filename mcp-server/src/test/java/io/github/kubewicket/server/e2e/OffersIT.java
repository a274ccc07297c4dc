package io.github.kubewicket.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.command.ServedShop;
import io.github.kubewicket.server.offer.Completion;
import io.github.kubewicket.server.offer.ResourceAnswer;
import io.github.kubewicket.server.offer.Resources;
import io.github.kubewicket.server.testing.RealCluster;
import io.github.kubewicket.server.testing.TestCluster;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is offered besides tools, over a real API server: its watches above all.
@RealCluster
class OffersIT {
  private static final Caller ADA = new Caller("stdio:ada");

  @TempDir private static Path folder;
  private static KubeApi api;
  private static TestNamespace namespace;
  private static ServedShop server;
  private static Resources resources;
  private final Semaphore changed = new Semaphore(0);

  @BeforeAll
  static void serve() {
    api = KubeApi.connect();
    namespace = TestNamespace.create(api, "offers");
    namespace.deployment("web", 1);
    namespace.awaitAvailable("web");
    server = ServedShop.of(folder, Policies.auto(namespace.name(), "60s"), TestCluster.connect());
    resources = server.offers().resources();
  }

  @AfterAll
  static void remove() {
    server.close();
    namespace.close();
  }

  @Test
  void tellsOfChangesOfAnObjectItsEndAndItsReturn() throws Exception {
    String map = namespace.core("configmaps/followed");
    create("followed");
    String uri = "kubewicket://objects/" + namespace.name() + "/cm/followed";
    try (AutoCloseable _ = subscribe(uri)) {
      boolean still = changed.tryAcquire(3, TimeUnit.SECONDS);
      api.mergePatch(map, "{\"data\":{\"a\":\"2\"}}");
      awaitChange();
      api.delete(map);
      awaitChange();
      create("followed");
      awaitChange();

      assertThat(still).isFalse();
    }
    api.mergePatch(map, "{\"data\":{\"a\":\"3\"}}");
    assertThat(changed.tryAcquire(3, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void tellsWhatBecameOfAChange() throws Exception {
    try (AutoCloseable _ = subscribe("kubewicket://changes")) {
      Reply reply =
          server.call(
              ADA,
              "restart_workload",
              "{'namespace':'%s','workload':'deployment/web','reason':'to see it told'}"
                  .formatted(namespace.name()));
      awaitChange();

      String id = reply.structured().path("changeId").asString("");
      assertThat(text("kubewicket://changes/" + id))
          .contains("\"state\":\"verified\"", "let through", "it ended verified", "to see it told");
      assertThat(text("kubewicket://reports/" + namespace.name()))
          .contains("## Deployments", "| web |", id);
    }
  }

  @Test
  void completesWhatIsInTheCluster() {
    Completion names =
        server
            .offers()
            .completions()
            .complete(ADA, "diagnose_rollout", "namespace", namespace.name(), Map.of());
    Completion workloads =
        server
            .offers()
            .completions()
            .complete(
                ADA, "diagnose_rollout", "workload", "", Map.of("namespace", namespace.name()));

    assertThat(names.values()).containsExactly(namespace.name());
    assertThat(workloads.values()).containsExactly("deployment/web");
  }

  private static void create(String name) {
    api.create(
        namespace.core("configmaps"),
        "{kind: ConfigMap, metadata: {name: " + name + "}, data: {a: '1'}}");
  }

  private AutoCloseable subscribe(String uri) {
    return resources.subscribe(ADA, uri, changed::release).orElseThrow();
  }

  private void awaitChange() throws InterruptedException {
    assertThat(changed.tryAcquire(20, TimeUnit.SECONDS)).as("told of a change").isTrue();
  }

  private static String text(String uri) {
    ResourceAnswer answer = resources.read(ADA, uri);
    assertThat(answer).as(uri).isInstanceOf(ResourceAnswer.Found.class);
    return ((ResourceAnswer.Found) answer).text().text();
  }
}
