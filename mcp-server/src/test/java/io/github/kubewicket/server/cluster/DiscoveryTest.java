package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  private static final String RESOURCES =
      "{\"resources\":[{\"name\":\"%s\",\"singularName\":\"\",\"namespaced\":true,\"kind\":\"%s\","
          + "\"verbs\":[\"get\",\"list\"],\"shortNames\":[\"%s\"]}]}";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deployments",
        "Deployment",
        "DEPLOY",
        "deployment",
        "deploy",
        "deployments.apps",
        "deployments.v1.apps",
        " deploy "
      })
  void findsAKindUnderEveryNameThatKubectlKnows(String name) throws IOException {
    KindInfo kind = server.connection(folder).view().kind(name);

    assertThat(kind.apiVersion()).isEqualTo("apps/v1");
    assertThat(kind.plural()).isEqualTo("deployments");
    assertThat(kind.subresources()).containsExactly("scale");
  }

  @Test
  void findsAKindThatOnlyAnOlderVersionOfItsGroupServes() throws IOException {
    server
        .on(
            "/apis",
            "{\"groups\":[{\"name\":\"batch\",\"versions\":[{\"version\":\"v1\"},{\"version\":\"v1beta1\"}],"
                + "\"preferredVersion\":{\"version\":\"v1\"}}]}")
        .on("/apis/batch/v1", RESOURCES.formatted("jobs", "Job", "j"))
        .on("/apis/batch/v1beta1", RESOURCES.formatted("cronjobs", "CronJob", "cj"));

    KindInfo kind = server.connection(folder).view().kind("cj");

    assertThat(kind.apiVersion()).isEqualTo("batch/v1beta1");
  }

  @Test
  void takesTheCoreGroupWhereANameIsAmbiguous() throws IOException {
    server
        .on(
            "/apis",
            "{\"groups\":[{\"name\":\"metrics.k8s.io\",\"versions\":[{\"version\":\"v1\"}],"
                + "\"preferredVersion\":{\"version\":\"v1\"}}]}")
        .on("/apis/metrics.k8s.io/v1", RESOURCES.formatted("pods", "PodMetrics", "pm"));
    ClusterView view = server.connection(folder).view();

    assertThat(view.kind("pods").kind()).isEqualTo("Pod");
    assertThat(view.kind("pods.metrics.k8s.io").kind()).isEqualTo("PodMetrics");
  }

  @Test
  void goesOnWithoutAGroupThatIsBroken() throws IOException {
    server.on("/apis/example.com/v1", 503, "{}");
    ClusterView view = server.connection(folder).view();

    ClusterException missing =
        catchThrowableOfType(ClusterException.class, () -> view.kind("widgets"));

    assertThat(view.kind("deploy").kind()).isEqualTo("Deployment");
    assertThat(view.brokenGroups()).containsExactly("example.com/v1");
    assertThat(missing.getMessage()).contains("example.com/v1").contains("do not answer");
  }

  @Test
  void saysWhatWasProbablyMeant() throws IOException {
    ClusterException unknown =
        catchThrowableOfType(
            ClusterException.class, () -> server.connection(folder).view().kind("deploymnets"));

    assertThat(unknown.denial().code()).isEqualTo(Reason.UNKNOWN_KIND);
    assertThat(unknown.denial().hint()).contains("deployments");
  }

  @Test
  void asksTheClusterOnceForManyNames() throws IOException {
    ClusterView view = server.connection(folder).view();

    for (int i = 0; i < 50; i++) {
      view.kind("pods");
    }
    int asked = server.seen().size();
    catchThrowableOfType(ClusterException.class, () -> view.kind("nothing"));
    catchThrowableOfType(ClusterException.class, () -> view.kind("nothing"));

    assertThat(asked).isEqualTo(5);
    assertThat(server.seen()).hasSize(asked);
  }

  @Test
  void readsTheAggregatedDocumentsOfNewerClusters() throws IOException {
    server
        .on("/api", "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}")
        .on(
            "/apis",
            """
            {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},"versions":[
              {"version":"v1","freshness":"Current","resources":[
                {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},
                 "scope":"Namespaced","singularResource":"deployment","verbs":["get","list"],
                 "shortNames":["deploy"],"subresources":[{"subresource":"scale","verbs":["get"]}]}]},
              {"version":"v1beta1","freshness":"Stale","resources":[]}]}]}
            """);
    ClusterView view = server.connection(folder).view();

    KindInfo kind = view.kind("deploy");

    assertThat(kind.apiVersion()).isEqualTo("apps/v1");
    assertThat(kind.namespaced()).isTrue();
    assertThat(kind.subresources()).containsExactly("scale");
    assertThat(view.brokenGroups()).containsExactly("apps/v1beta1");
    assertThat(server.seen()).hasSize(2);
    assertThat(server.seen().getFirst().headers().get("Accept").getFirst())
        .contains("v=v2;as=APIGroupDiscoveryList");
  }
}
