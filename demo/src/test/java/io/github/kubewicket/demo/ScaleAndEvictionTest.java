package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The subresources that change how many pods there are.
class ScaleAndEvictionTest {
  private static final String SCALE = Api.WEB + "/scale";
  private static final String BUDGET = "/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web";
  private static final String WEB_PODS = Api.PODS + "?labelSelector=app%3Dweb";
  private final Api api = new Api();

  @BeforeEach
  void threePods() {
    assertThat(api.names(WEB_PODS)).hasSize(3);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void scalesUpAndReportsIt() {
    Api.Answer answer = api.patch(SCALE, Api.MERGE, "{\"spec\":{\"replicas\":5}}");
    boolean ready = api.until(() -> api.get(Api.WEB).at("/status/readyReplicas").equals("5"));

    assertThat(answer.at("/kind")).isEqualTo("Scale");
    assertThat(answer.at("/spec/replicas")).isEqualTo("5");
    assertThat(ready).isTrue();
    assertThat(api.get(Api.WEB).at("/status/observedGeneration")).isEqualTo("2");
    assertThat(
            api.get("/api/v1/namespaces/shop/events?fieldSelector=reason%3DScalingReplicaSet")
                .text())
        .contains("from 3 to 5");
  }

  @Test
  void scalesDownToNothing() {
    api.put(
        SCALE,
        "{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":0}}");

    boolean empty = api.until(() -> api.names(WEB_PODS).isEmpty());

    assertThat(empty).isTrue();
    assertThat(api.get(SCALE).at("/status/selector")).isEqualTo("app=web");
  }

  @Test
  void refusesToScaleWithAStaleResourceVersionOrAnotherUid() {
    String stale = "{\"metadata\":{\"resourceVersion\":\"1\"},\"spec\":{\"replicas\":5}}";
    String other = "{\"metadata\":{\"uid\":\"other\"},\"spec\":{\"replicas\":5}}";

    List<Integer> codes =
        List.of(
            api.patch(SCALE, Api.MERGE, stale).code(), api.patch(SCALE, Api.MERGE, other).code());

    assertThat(codes).containsOnly(409);
    assertThat(api.get(SCALE).at("/spec/replicas")).isEqualTo("3");
  }

  @Test
  void scalesNothingInADryRun() {
    Api.Answer answer = api.patch(SCALE + "?dryRun=All", Api.MERGE, "{\"spec\":{\"replicas\":5}}");

    assertThat(answer.at("/spec/replicas")).isEqualTo("5");
    assertThat(api.get(SCALE).at("/spec/replicas")).isEqualTo("3");
  }

  @Test
  void bringsAnEvictedPodBack() {
    String pod = api.pod("web");

    Api.Answer answer = evict(pod, "", "");
    boolean gone = api.until(() -> api.get(Api.PODS + "/" + pod).code() == 404);
    boolean back = api.until(() -> api.get(Api.WEB).at("/status/readyReplicas").equals("3"));

    assertThat(answer.code()).isEqualTo(201);
    assertThat(answer.at("/status")).isEqualTo("Success");
    assertThat(gone).isTrue();
    assertThat(back).isTrue();
    assertThat(api.names(WEB_PODS)).hasSize(3).doesNotContain(pod);
  }

  @Test
  void evictionIsRefusedWhenTheBudgetIsUsedUp() {
    List<String> pods = api.names(WEB_PODS);
    evict(pods.get(0), "", "");

    Api.Answer answer = evict(pods.get(1), "", "");

    assertThat(answer.code()).isEqualTo(429);
    assertThat(answer.at("/reason")).isEqualTo("TooManyRequests");
    assertThat(answer.at("/details/causes/0/reason")).isEqualTo("DisruptionBudget");
    assertThat(answer.at("/details/causes/0/message"))
        .startsWith("The disruption budget web needs 2");
    assertThat(api.get(Api.PODS + "/" + pods.get(1)).at("/metadata/deletionTimestamp")).isEmpty();
  }

  @Test
  void evictionIsAllowedAgainWhenThePodIsBack() {
    evict(api.names(WEB_PODS).getFirst(), "", "");
    api.until(() -> api.get(BUDGET).at("/status/disruptionsAllowed").equals("1"));

    Api.Answer answer = evict(api.names(WEB_PODS).getLast(), "", "");

    assertThat(answer.code()).isEqualTo(201);
  }

  @Test
  void evictsNothingInADryRun() {
    String pod = api.pod("web");

    Api.Answer query = evict(pod, "?dryRun=All", "");
    Api.Answer body = evict(pod, "", ",\"deleteOptions\":{\"dryRun\":[\"All\"]}");
    api.pass(Duration.ofSeconds(3));

    assertThat(List.of(query.code(), body.code())).containsOnly(201);
    assertThat(api.get(Api.PODS + "/" + pod).at("/metadata/deletionTimestamp")).isEmpty();
    assertThat(api.get(BUDGET).at("/status/disruptionsAllowed")).isEqualTo("1");
  }

  @Test
  void aRefusedPreconditionStillCostsTheBudgetForTwoMinutes() {
    String pod = api.pod("web");

    Api.Answer answer =
        evict(pod, "", ",\"deleteOptions\":{\"preconditions\":{\"uid\":\"other\"}}");
    api.pass(Duration.ofSeconds(2));
    String soon = api.get(BUDGET).at("/status/disruptionsAllowed");
    api.pass(Duration.ofMinutes(2));

    assertThat(answer.code()).isEqualTo(409);
    assertThat(soon).isEqualTo("0");
    assertThat(api.get(BUDGET).at("/status/disruptionsAllowed")).isEqualTo("1");
    assertThat(api.get(Api.PODS + "/" + pod).code()).isEqualTo(200);
  }

  @Test
  void evictsACrashingPodWhateverTheBudget() {
    Api.Answer answer = evict(api.pod("checkout"), "", "");

    assertThat(answer.code()).isEqualTo(201);
  }

  private Api.Answer evict(String pod, String query, String options) {
    return api.post(
        Api.PODS + "/" + pod + "/eviction" + query,
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\""
            + pod
            + "\"}"
            + options
            + "}");
  }
}
