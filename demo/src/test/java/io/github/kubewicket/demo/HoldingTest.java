package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.demo.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class HoldingTest {
  private static final Instant NOW = Instant.parse("2026-03-03T02:17:00Z");
  private static final List<ObjectNode> OBJECTS =
      List.of(
          Json.parse(
              """
              {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "backup", "namespace": "shop"},
               "spec": {"schedule": "0 2 * * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": []}}}}}}
              """),
          Json.parse(
              """
              {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "backup-1", "namespace": "shop",
                "creationTimestamp": "2026-03-03T02:00:00Z", "ownerReferences":
                [{"apiVersion": "batch/v1", "kind": "CronJob", "name": "backup", "controller": true}]},
               "spec": {"template": {"spec": {"containers": []}}}, "status": {"active": 1}}
              """),
          Json.parse(
              """
              {"apiVersion": "metrics.k8s.io/v1beta1", "kind": "PodMetrics",
               "metadata": {"name": "db-0", "namespace": "shop"}, "containers": []}
              """));

  @Test
  void holdsTheObjectsAsTheyAreAndFillsInWhatAnApiServerWould() throws Exception {
    try (DemoCluster cluster = DemoCluster.holding(() -> NOW, new Random(1), OBJECTS)) {
      ObjectNode job = get(cluster, "/apis/batch/v1/namespaces/shop/jobs/backup-1");
      ObjectNode cron = get(cluster, "/apis/batch/v1/namespaces/shop/cronjobs/backup");
      cluster.step();
      ObjectNode later = get(cluster, "/apis/batch/v1/namespaces/shop/jobs/backup-1");

      assertThat(Json.number(job, 0, "status", "active")).isEqualTo(1);
      assertThat(Json.text(job, "metadata", "creationTimestamp")).isEqualTo("2026-03-03T02:00:00Z");
      assertThat(Json.text(cron, "metadata", "creationTimestamp"))
          .isEqualTo("2026-03-02T02:17:00Z");
      assertThat(Json.text(Json.objects(job, "metadata", "ownerReferences").getFirst(), "uid"))
          .isEqualTo(Json.text(cron, "metadata", "uid"))
          .isNotEmpty();
      assertThat(later.path("metadata").path("uid")).isEqualTo(job.path("metadata").path("uid"));
    }
  }

  @Test
  void servesKindsThatItDoesNotKnowAndNoShop() throws Exception {
    try (DemoCluster cluster = DemoCluster.holding(() -> NOW, new Random(1), OBJECTS)) {
      ObjectNode metrics = get(cluster, "/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods");
      ObjectNode namespaces = get(cluster, "/api/v1/namespaces");
      ObjectNode pods = get(cluster, "/api/v1/pods");

      assertThat(Json.objects(metrics, "items")).hasSize(1);
      assertThat(Json.objects(namespaces, "items"))
          .extracting(namespace -> Json.text(namespace, "metadata", "name"))
          .containsExactlyInAnyOrder("kube-system", "default", "shop");
      assertThat(Json.objects(pods, "items")).isEmpty();
    }
  }

  private static ObjectNode get(DemoCluster cluster, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return Json.parse(
          client
              .send(
                  HttpRequest.newBuilder(cluster.uri().resolve(path))
                      .header("Authorization", "Bearer " + cluster.token())
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    }
  }
}
