package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class WholeListsTest {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
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
  void readsPageAfterPage() {
    serveTwoPages();

    List<ObjectNode> pods = view.list(view.kind("pods"), Optional.of("shop"), "app in (a,b)", 3);

    assertThat(pods)
        .extracting(pod -> pod.at("/metadata/name").asString(""))
        .containsExactly("a", "b", "c");
    assertThat(pods.getFirst().path("kind").asString("")).isEqualTo("Pod");
    assertThat(pods.getFirst().path("apiVersion").asString("")).isEqualTo("v1");
    assertThat(server.seen().getLast().path())
        .isEqualTo(PODS + "?labelSelector=app%20in%20%28a%2Cb%29&limit=4&continue=to%2Fken");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void neverHandsOutAPartOfAList(int most) {
    serveTwoPages();

    ClusterException tooMany =
        catchThrowableOfType(
            ClusterException.class,
            () -> view.list(view.kind("pods"), Optional.of("shop"), "", most));

    assertThat(tooMany.denial().code()).isEqualTo(Reason.CLUSTER_ERROR);
    assertThat(tooMany).hasMessage("There are more than " + most + " pods.");
  }

  @Test
  void redactsWhatItLists() {
    server.on(
        "/api/v1/namespaces/shop/secrets",
        """
        {"metadata":{},"items":[{"metadata":{"name":"s","managedFields":[{}]},
          "data":{"password":"aHVudGVyMg=="},"type":"Opaque"}]}
        """);
    server.on(
        PODS,
        """
        {"items":[{"metadata":{"name":"p"},"spec":{"containers":[
          {"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}]}}]}
        """);

    String secrets = view.list(view.kind("secrets"), Optional.of("shop"), "", 5).toString();
    String pods = view.list(view.kind("pods"), Optional.of("shop"), "", 5).toString();

    assertThat(secrets).doesNotContain("aHVudGVyMg").doesNotContain("managedFields").contains("7");
    assertThat(pods).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":\"Status\",\"metadata\":{}}",
        "{\"items\":{}}",
        "{\"items\":[{\"metadata\":{}},",
        "{\"items\":[",
        "<html>",
      })
  void takesNothingElseForAnEmptyList(String body) {
    server.on(PODS, body);

    ClusterException error =
        catchThrowableOfType(
            ClusterException.class, () -> view.list(view.kind("pods"), Optional.of("shop"), "", 5));

    assertThat(error.denial().code()).isEqualTo(Reason.CLUSTER_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"items\":[]}", "{\"items\":null}"})
  void knowsAnEmptyListInBothSpellings(String body) {
    server.on(PODS, body);

    assertThat(view.list(view.kind("pods"), Optional.of("shop"), "", 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"403,FORBIDDEN", "410,CLUSTER_ERROR", "500,CLUSTER_ERROR"})
  void saysWhyThereIsNoList(int status, Reason code) {
    server.on(PODS, status, "{\"kind\":\"Status\",\"message\":\"no\"}");

    ClusterException error =
        catchThrowableOfType(
            ClusterException.class, () -> view.list(view.kind("pods"), Optional.of("shop"), "", 5));

    assertThat(error.denial().code()).isEqualTo(code);
  }

  @Test
  void readsTheScaleOfAnObject() {
    server.on("/apis/apps/v1/namespaces/shop/deployments/web/scale", "{\"spec\":{\"replicas\":3}}");

    ObjectNode scale = view.scale(view.kind("deploy"), Optional.of("shop"), "web");

    assertThat(scale.at("/spec/replicas").asInt(0)).isEqualTo(3);
  }

  private void serveTwoPages() {
    server.on(
        PODS,
        exchange -> {
          boolean first = !exchange.getRequestURI().getQuery().contains("continue=");
          FakeApiServer.send(
              exchange,
              200,
              first
                  ? "{\"metadata\":{\"continue\":\"to/ken\"},\"items\":[{\"metadata\":{\"name\":\"a\"}},"
                      + "{\"metadata\":{\"name\":\"b\"}}]}"
                  : "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"c\"}}]}");
        });
  }
}
