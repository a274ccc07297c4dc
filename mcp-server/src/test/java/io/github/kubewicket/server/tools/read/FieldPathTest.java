package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kubewicket.policy.Reason;
import io.github.kubewicket.server.cluster.ClusterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FieldPathTest {
  private static final JsonNode OBJECT =
      JsonMapper.builder()
          .build()
          .readTree(
              "{\"spec\":{\"containers\":[{\"image\":\"a\"},{\"image\":\"b\"},{\"image\":\"c\"}]},"
                  + "\"metadata\":{\"annotations\":{\"a.b/c\":\"x\"}}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "spec.containers[1].image | \"b\"",
        ".spec.containers[0] | {\"image\":\"a\"}",
        "$.metadata.annotations[\"a.b/c\"] | \"x\"",
        "metadata.annotations['a.b/c'] | \"x\"",
        "spec.containers[1:] | [{\"image\":\"b\"},{\"image\":\"c\"}]",
        "spec.containers[:1] | [{\"image\":\"a\"}]",
      })
  void selectsAPart(String path, String json) {
    assertThat(FieldPath.parse(path).select(OBJECT).toString()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spec.containers[x]", "spec.containers[", "spec[\"a", "a[-1]", "a[99999999999]"})
  void saysWhereAPathIsNotWellFormed(String path) {
    ClusterException wrong =
        catchThrowableOfType(ClusterException.class, () -> FieldPath.parse(path));

    assertThat(wrong.denial().code()).isEqualTo(Reason.BAD_ARGS);
    assertThat(wrong.getMessage()).contains("at character");
  }

  @ParameterizedTest
  @CsvSource({
    "spec.container, containers",
    "spec.containers[3], 3 items",
    "spec.containers[0].image.x, plain value",
    "spec.containers[7:9], 3 items"
  })
  void saysWhatIsThereInstead(String path, String there) {
    ClusterException absent =
        catchThrowableOfType(ClusterException.class, () -> FieldPath.parse(path).select(OBJECT));

    assertThat(absent.denial().code()).isEqualTo(Reason.BAD_ARGS);
    assertThat(absent.denial().hint()).contains(there);
  }

  @Test
  void quotesKeysThatHaveDots() {
    assertThat(FieldPath.below("metadata.annotations", new FieldPath.Step.Key("a.b/c")))
        .isEqualTo("metadata.annotations[\"a.b/c\"]");
  }
}
