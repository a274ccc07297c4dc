package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The token, the limits, and what is said to the lost.
class DoorTest {
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
  void listensOnTheLoopbackInterfaceOnly() {
    URI uri = api.cluster.uri();

    assertThat(uri.getScheme()).isEqualTo("http");
    assertThat(uri.getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void refusesARequestWithoutTheToken() {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.cluster.uri() + "/api"));

    Api.Answer answer = api.send(request.GET());

    assertThat(answer.code()).isEqualTo(401);
    assertThat(answer.at("/reason")).isEqualTo("Unauthorized");
  }

  @Test
  void refusesARequestWithAnotherToken() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api.cluster.uri() + "/healthz"))
            .header("Authorization", "Bearer " + "0".repeat(64));

    Api.Answer answer = api.send(request.GET());

    assertThat(answer.code()).isEqualTo(401);
  }

  @Test
  void saysThatItIsHealthyAndHowOldItIs() {
    assertThat(api.get("/healthz").text()).isEqualTo("ok");
    assertThat(api.get("/readyz").text()).isEqualTo("ok");
    assertThat(api.get("/livez").text()).isEqualTo("ok");
    assertThat(api.get("/version").at("/gitVersion")).startsWith("v1.34");
  }

  @Test
  void refusesABodyOverThreeMebibytes() {
    String body = "{\"data\":{\"a\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}}";

    Api.Answer answer = api.patch(Api.CONFIG, Api.MERGE, body);

    assertThat(answer.code()).isEqualTo(413);
    assertThat(answer.at("/reason")).isEqualTo("RequestEntityTooLarge");
  }

  @Test
  void knowsNoResourceOfThatName() {
    Api.Answer answer = api.get("/apis/apps/v1/namespaces/shop/gadgets");

    assertThat(answer.code()).isEqualTo(404);
    assertThat(answer.at("/message")).isEqualTo("the server could not find the requested resource");
    assertThat(api.get("/apis/nope.io/v1/things").text()).isEqualTo("404 page not found\n");
  }

  @Test
  void namesTheObjectThatIsNotThere() {
    Api.Answer answer = api.get(Api.DEPLOYMENTS + "/nope");

    assertThat(answer.code()).isEqualTo(404);
    assertThat(answer.at("/message")).isEqualTo("deployments.apps \"nope\" not found");
    assertThat(answer.at("/details"))
        .isEqualTo("{\"name\":\"nope\",\"group\":\"apps\",\"kind\":\"deployments\"}");
  }

  @Test
  void refusesAMethodThatTheResourceDoesNotHave() {
    Api.Answer answer = api.post(Api.WEB, "{}");

    assertThat(answer.code()).isEqualTo(405);
    assertThat(answer.at("/reason")).isEqualTo("MethodNotAllowed");
  }

  @Test
  void cannotWriteWhatTheClientAccepts() {
    Api.Answer answer = api.get(Api.WEB, "application/vnd.kubernetes.protobuf");

    assertThat(answer.code()).isEqualTo(406);
  }

  @Test
  void allowsWhateverTheHolderOfTheTokenAsksAbout() {
    String review =
        """
        {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",
         "spec":{"resourceAttributes":{"verb":"delete","resource":"pods"}}}
        """;

    Api.Answer answer = api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);

    assertThat(answer.code()).isEqualTo(201);
    assertThat(answer.at("/status/allowed")).isEqualTo("true");
  }
}
