package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The workloads do what the real controllers do.
class ControllersTest {
  private static final String CHECKOUT = Api.DEPLOYMENTS + "/checkout";
  private static final String SETS = "/apis/apps/v1/namespaces/shop/replicasets";
  private final Api api = new Api();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void namesReplicaSetsAndPodsAfterTheirOwners() {
    JsonNode pod = api.get(Api.PODS + "/" + api.pod("web")).json();
    String hash = pod.at("/metadata/labels/pod-template-hash").asString();

    JsonNode owner = pod.at("/metadata/ownerReferences/0");
    assertThat(pod.at("/metadata/name").asString()).matches("web-" + hash + "-[a-z0-9]{5}");
    assertThat(owner.path("name").asString()).isEqualTo("web-" + hash);
    assertThat(owner.path("controller").asBoolean()).isTrue();
    assertThat(api.get(SETS + "/web-" + hash).at("/metadata/uid"))
        .isEqualTo(owner.path("uid").asString());
  }

  @Test
  void rollsOutANewTemplateWithoutLosingAvailability() {
    api.patch(Api.WEB, Api.STRATEGIC, image("web", "registry.example.com/shop/web:1.9.0"));
    int lowest = 3;
    int most = 3;
    for (int i = 0; i < 40; i++) {
      api.pass(Duration.ofMillis(500));
      lowest = Math.min(lowest, api.get(Api.WEB).json().at("/status/availableReplicas").asInt(0));
      most = Math.max(most, api.get(Api.WEB).json().at("/status/replicas").asInt(0));
    }

    JsonNode web = api.get(Api.WEB).json();
    assertThat(lowest).isGreaterThanOrEqualTo(3);
    assertThat(most).isEqualTo(4);
    assertThat(web.at("/status/updatedReplicas").asInt()).isEqualTo(3);
    assertThat(web.at("/metadata/annotations/deployment.kubernetes.io~1revision").asString())
        .isEqualTo("2");
    assertThat(condition(web, "Progressing").path("reason").asString())
        .isEqualTo("NewReplicaSetAvailable");
    assertThat(api.names(SETS + "?labelSelector=app%3Dweb")).hasSize(2);
  }

  @Test
  void goesBackToAnOldReplicaSetWhenTheTemplateDoes() {
    String before = api.names(SETS + "?labelSelector=app%3Dweb").getFirst();
    api.patch(Api.WEB, Api.STRATEGIC, image("web", "registry.example.com/shop/web:1.9.0"));
    api.pass(Duration.ofSeconds(15));
    api.patch(Api.WEB, Api.STRATEGIC, image("web", "registry.example.com/shop/web:1.8.2"));
    api.pass(Duration.ofSeconds(15));

    JsonNode set = api.get(SETS + "/" + before).json();

    assertThat(set.at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(set.at("/metadata/annotations/deployment.kubernetes.io~1revision").asString())
        .isEqualTo("3");
  }

  @Test
  void restartsByAnAnnotationInTheTemplate() {
    List<String> before = api.names(Api.PODS + "?labelSelector=app%3Dweb");
    api.patch(
        Api.WEB,
        Api.STRATEGIC,
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"now\"}}}}}");
    api.pass(Duration.ofSeconds(20));

    assertThat(api.names(Api.PODS + "?labelSelector=app%3Dweb"))
        .hasSize(3)
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void stopsARolloutWhosePodsDoNotGetReady() {
    api.patch(Api.WEB, Api.MERGE, "{\"spec\":{\"progressDeadlineSeconds\":30}}");
    api.patch(Api.WEB, Api.STRATEGIC, image("web", "registry.example.com/shop/web:unready"));
    api.pass(Duration.ofSeconds(45));

    JsonNode web = api.get(Api.WEB).json();
    assertThat(web.at("/status/availableReplicas").asInt()).isEqualTo(3);
    assertThat(web.at("/status/updatedReplicas").asInt()).isEqualTo(1);
    assertThat(condition(web, "Progressing").path("reason").asString())
        .isEqualTo("ProgressDeadlineExceeded");
    assertThat(condition(web, "Available").path("status").asString()).isEqualTo("True");
  }

  @Test
  void cannotPullAnImageThatIsMissing() {
    api.patch(Api.WEB, Api.STRATEGIC, image("web", "registry.example.com/shop/web:missing"));
    api.pass(Duration.ofSeconds(30));

    assertThat(api.get(Api.PODS, Api.TABLE).text()).contains("ImagePullBackOff");
    assertThat(api.get("/api/v1/namespaces/shop/events").text()).contains("Failed to pull image");
  }

  @Test
  void crashesAgainAndAgain() {
    String pod = Api.PODS + "/" + api.pod("checkout");
    int before = api.get(pod).json().at("/status/containerStatuses/0/restartCount").asInt();
    api.pass(Duration.ofMinutes(2));

    JsonNode state = api.get(pod).json().at("/status/containerStatuses/0");
    JsonNode events = api.get("/api/v1/namespaces/shop/events?fieldSelector=type%3DWarning").json();
    assertThat(before).isGreaterThan(5);
    assertThat(state.path("restartCount").asInt()).isGreaterThan(before);
    assertThat(state.at("/lastState/terminated/exitCode").asInt()).isEqualTo(1);
    assertThat(events.at("/items/0/reason").asString()).isEqualTo("BackOff");
    assertThat(events.at("/items/0/count").asInt()).isGreaterThan(10);
  }

  @Test
  void recoversWhenTheHostInItsConfigurationExists() {
    api.patch(
        "/api/v1/namespaces/shop/configmaps/checkout-config",
        Api.MERGE,
        "{\"data\":{\"DATABASE_HOST\":\"db\"}}");

    boolean ready = api.until(() -> api.get(CHECKOUT).at("/status/readyReplicas").equals("2"));

    assertThat(ready).isTrue();
  }

  @Test
  void holdsATemplateBackWhilePaused() {
    api.patch(Api.WEB, Api.MERGE, "{\"spec\":{\"paused\":true}}");
    api.patch(Api.WEB, Api.STRATEGIC, image("web", "registry.example.com/shop/web:1.9.0"));
    api.pass(Duration.ofSeconds(10));
    String paused = api.get(Api.WEB).at("/status/updatedReplicas");
    api.patch(Api.WEB, Api.MERGE, "{\"spec\":{\"paused\":false}}");

    boolean done = api.until(() -> api.get(Api.WEB).at("/status/updatedReplicas").equals("3"));

    assertThat(paused).isEmpty();
    assertThat(done).isTrue();
  }

  @Test
  void givesAStatefulPodItsNameAndItsClaimAgain() {
    String uid = api.get(Api.PODS + "/db-0").at("/metadata/uid");
    api.delete(Api.PODS + "/db-0", "");

    boolean back =
        api.until(() -> {
          Api.Answer pod = api.get(Api.PODS + "/db-0");
          return pod.code() == 200 && !pod.at("/metadata/uid").equals(uid);
        });

    assertThat(back).isTrue();
    assertThat(api.get(Api.PODS + "/db-0").at("/spec/volumes")).contains("data-db-0");
  }

  @Test
  void growsAndShrinksAStatefulSetByOrdinals() {
    String set = "/apis/apps/v1/namespaces/shop/statefulsets/db";
    api.patch(set + "/scale", Api.MERGE, "{\"spec\":{\"replicas\":3}}");
    boolean grown = api.until(() -> api.get(set).at("/status/readyReplicas").equals("3"));
    List<String> three = api.names(Api.PODS + "?labelSelector=app%3Ddb");
    api.patch(set + "/scale", Api.MERGE, "{\"spec\":{\"replicas\":1}}");

    boolean shrunk = api.until(() -> api.names(Api.PODS + "?labelSelector=app%3Ddb").size() == 1);

    assertThat(grown).isTrue();
    assertThat(three).containsExactly("db-0", "db-1", "db-2");
    assertThat(shrunk).isTrue();
    assertThat(api.pod("db")).isEqualTo("db-0");
    assertThat(api.get(set).at("/status/currentRevision"))
        .isEqualTo(api.get(set).at("/status/updateRevision"));
  }

  @Test
  void keepsOnePodOfADaemonSetOnEachNode() {
    JsonNode status =
        api.get("/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy").json().path("status");

    assertThat(status.path("desiredNumberScheduled").asInt()).isEqualTo(2);
    assertThat(status.path("numberReady").asInt()).isEqualTo(2);
  }

  @Test
  void bindsNoPodToACordonedNode() {
    api.patch("/api/v1/nodes/demo-a", Api.MERGE, "{\"spec\":{\"unschedulable\":true}}");
    api.deployment("elsewhere", 4, "a:1");

    JsonNode pods = api.get(Api.PODS + "?labelSelector=app%3Delsewhere").json().path("items");

    assertThat(pods.findValuesAsString("nodeName")).containsOnly("demo-b");
  }

  @Test
  void runsABackupAndFinishesIt() {
    JsonNode jobs = api.get("/apis/batch/v1/namespaces/shop/jobs").json().path("items");
    JsonNode cron = api.get("/apis/batch/v1/namespaces/shop/cronjobs/db-backup").json();

    assertThat(jobs.size()).isEqualTo(2);
    assertThat(jobs.path(0).at("/status/succeeded").asInt()).isEqualTo(1);
    assertThat(jobs.path(1).at("/status/active").asInt()).isEqualTo(1);
    assertThat(cron.at("/status/active/0/name").asString())
        .isEqualTo(jobs.path(1).at("/metadata/name").asString());
    assertThat(cron.at("/status/lastScheduleTime").asString()).isEqualTo("2026-11-23T02:00:00Z");
  }

  private static String image(String container, String image) {
    return "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\""
        + container
        + "\",\"image\":\""
        + image
        + "\"}]}}}}";
  }

  private static JsonNode condition(JsonNode object, String type) {
    return object
        .at("/status/conditions")
        .valueStream()
        .filter(condition -> condition.path("type").asString().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
