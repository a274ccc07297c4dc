package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the server says about itself.
class DiscoveryTest {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static Api api;

  @BeforeAll
  static void start() {
    api = new Api();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void describesEveryGroupInOneAggregatedDocument() {
    Api.Answer answer = api.get("/apis", AGGREGATED);

    assertThat(answer.contentType()).isEqualTo(AGGREGATED);
    assertThat(answer.at("/kind")).isEqualTo("APIGroupDiscoveryList");
    List<String> groups =
        answer
            .json()
            .path("items")
            .valueStream()
            .map(g -> g.at("/metadata/name").asString())
            .toList();
    assertThat(groups)
        .contains("apps", "batch", "policy", "autoscaling", "events.k8s.io", "example.com");
  }

  @Test
  void describesPodsWithTheirSubresources() {
    JsonNode resources = api.get("/api", AGGREGATED).json().at("/items/0/versions/0/resources");

    JsonNode pods = resources.path(0);
    assertThat(pods.path("resource").asString()).isEqualTo("pods");
    assertThat(pods.path("subresources").findValuesAsString("subresource"))
        .containsExactly("status", "log", "eviction");
  }

  @Test
  void describesTheSameInTheOldForm() {
    List<String> names =
        api.get("/apis/apps/v1").json().path("resources").findValuesAsString("name");

    assertThat(names).contains("deployments", "deployments/scale", "statefulsets", "daemonsets");
    assertThat(api.get("/api").at("/versions/0")).isEqualTo("v1");
    assertThat(api.get("/apis/apps").at("/preferredVersion/groupVersion")).isEqualTo("apps/v1");
    assertThat(api.get("/apis").json().path("groups").findValuesAsString("name"))
        .contains("authorization.k8s.io");
  }

  @Test
  void servesTheCustomResourceUnderItsShortName() {
    JsonNode widgets = api.get("/apis/example.com/v1").json().at("/resources/0");

    assertThat(widgets.path("name").asString()).isEqualTo("widgets");
    assertThat(widgets.at("/shortNames/0").asString()).isEqualTo("wd");
  }

  @Test
  void explainsAFieldThroughOpenApi() {
    String url =
        api.get("/openapi/v3").json().at("/paths/apis~1apps~1v1/serverRelativeURL").asString();
    JsonNode schemas = api.get(url).json().at("/components/schemas");

    JsonNode deployment = schemas.path("io.k8s.api.apps.v1.Deployment");
    JsonNode spec = schemas.path("io.k8s.api.apps.v1.DeploymentSpec");
    assertThat(deployment.at("/x-kubernetes-group-version-kind/0/kind").asString())
        .isEqualTo("Deployment");
    assertThat(deployment.at("/properties/spec/allOf/0/$ref").asString())
        .endsWith("DeploymentSpec");
    assertThat(spec.at("/properties/replicas/description").asString()).contains("desired pods");
    assertThat(spec.at("/properties/replicas/format").asString()).isEqualTo("int32");
  }

  @Test
  void refersOnlyToSchemasThatAreInTheDocument() {
    for (JsonNode entry : api.get("/openapi/v3").json().path("paths")) {
      JsonNode document = api.get(entry.path("serverRelativeURL").asString()).json();

      for (String reference : document.findValuesAsString("$ref")) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        assertThat(document.at("/components/schemas").has(name)).as(name).isTrue();
      }
    }
  }
}
