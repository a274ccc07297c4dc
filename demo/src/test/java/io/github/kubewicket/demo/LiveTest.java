package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The cluster as it is used: with the real clock and its own loop.
class LiveTest {
  @Test
  void stepsByItselfAndEndsWhenClosed() throws Exception {
    DemoCluster cluster = DemoCluster.start(InstantSource.system(), new SecureRandom());
    URI uri = URI.create(cluster.uri() + Api.DEPLOYMENTS + "/web/scale");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest scale =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + cluster.token())
              .header("Content-Type", Api.MERGE)
              .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"spec\":{\"replicas\":4}}"))
              .build();
      HttpRequest read =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + cluster.token()).build();
      client.send(scale, BodyHandlers.ofString());
      boolean scaled = false;
      for (int i = 0; i < 50 && !scaled; i++) {
        Thread.sleep(100);
        scaled =
            client
                .send(read, BodyHandlers.ofString())
                .body()
                .contains("\"status\":{\"replicas\":4");
      }
      cluster.close();

      assertThat(scaled).isTrue();
    }
  }

  @Test
  void isTheSameClusterEveryTimeWithAnotherToken() {
    try (Api one = new Api();
        DemoCluster two = DemoCluster.start(InstantSource.system(), new Random(8))) {
      assertThat(one.get("/api/v1/namespaces/kube-system").at("/metadata/uid"))
          .isEqualTo("de300000-0000-4000-8000-6b7562657769");
      assertThat(one.cluster.token()).hasSize(64).isNotEqualTo(two.token());
    }
  }
}
