package io.github.kubewicket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong, with the field and the reason.
class ValidationTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/shop/configmaps";
  private static Api api;

  @BeforeAll
  static void start() {
    api = new Api();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'replicas':-1} | spec.replicas | FieldValueInvalid",
        "{'strategy':{'type':'Fast'}} | spec.strategy.type | FieldValueNotSupported",
        "{'selector':{'matchLabels':{'app':'z'}}} | spec.template.metadata.labels | FieldValueInvalid",
        "{'template':{'spec':{'containers':[]}}} | spec.template.spec.containers | FieldValueRequired",
        "{'template':{'spec':{'containers':[{'name':'a'}]}}} | spec.template.spec.containers[0].image | FieldValueRequired",
        "{'template':{'spec':{'restartPolicy':'Never'}}} | spec.template.spec.restartPolicy | FieldValueNotSupported",
      })
  void namesTheFieldThatIsWrong(String spec, String field, String reason) {
    Api.Answer answer = api.patch(Api.WEB, Api.MERGE, "{\"spec\":" + spec.replace('\'', '"') + "}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/details/kind")).isEqualTo("Deployment");
    assertThat(answer.at("/details/causes/0/field")).isEqualTo(field);
    assertThat(answer.at("/details/causes/0/reason")).isEqualTo(reason);
  }

  @Test
  void saysItInTheWordsOfTheApiServer() {
    Api.Answer answer = api.patch(Api.WEB, Api.MERGE, "{\"spec\":{\"replicas\":-1}}");

    assertThat(answer.at("/message"))
        .isEqualTo(
            "Deployment.apps \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater"
                + " than or equal to 0");
  }

  @Test
  void refusesANumberThatIsAText() {
    Api.Answer answer = api.patch(Api.WEB, Api.MERGE, "{\"spec\":{\"replicas\":\"3\"}}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/details/causes/0/message"))
        .contains("cannot unmarshal string into Go struct field");
  }

  @Test
  void refusesToChangeWhatIsImmutable() {
    String set = "/apis/apps/v1/namespaces/shop/statefulsets/db";

    Api.Answer answer = api.patch(set, Api.MERGE, "{\"spec\":{\"serviceName\":\"other\"}}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/details/causes/0/reason")).isEqualTo("FieldValueForbidden");
  }

  @Test
  void refusesToChangeAnImmutableConfigMap() {
    api.post(
        CONFIG_MAPS,
        "{\"metadata\":{\"name\":\"fixed\"},\"immutable\":true,\"data\":{\"a\":\"1\"}}");

    Api.Answer answer = api.patch(CONFIG_MAPS + "/fixed", Api.MERGE, "{\"data\":{\"a\":\"2\"}}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/message")).contains("field is immutable when `immutable` is set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{bad | json parse error",
        "[] | no JSON object",
        "{'apiVersion':'v2','metadata':{'name':'a'}} | does not match the expected API version",
        "{'metadata':{'name':'a','namespace':'other'}} | namespace of the provided object",
        "{'metadata':{'name':'a'},'data':{'a':1}} | of type string",
      })
  void refusesABodyThatItCannotRead(String body, String why) {
    Api.Answer answer = api.post(CONFIG_MAPS, body.replace('\'', '"'));

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.at("/message")).contains(why);
  }

  @Test
  void refusesANameThatIsNone() {
    Api.Answer answer = api.post(CONFIG_MAPS, "{\"metadata\":{\"name\":\"Not_A_Name\"}}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("/details/causes/0/field")).isEqualTo("metadata.name");
  }

  @Test
  void refusesABodyThatNamesAnotherObject() {
    Api.Answer answer = api.put(Api.CONFIG, "{\"metadata\":{\"name\":\"other\"}}");

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.at("/message")).contains("does not match the name on the URL");
  }
}
