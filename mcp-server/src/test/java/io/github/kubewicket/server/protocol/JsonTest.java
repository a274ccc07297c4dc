package io.github.kubewicket.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "{",
        "]",
        "[1",
        "{\"a\":}",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "\uFEFF{}",
        "NaN",
        "\"a\nb\""
      })
  void refusesWhatIsNotOneJsonText(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void refusesATreeThatIsDeeperOrLargerThanAnyCallNeeds() {
    String deep = "[".repeat(101) + "]".repeat(101);
    String large = "[" + "0,".repeat(200_000) + "0]";

    assertThatThrownBy(() -> Json.read(deep)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.read(large)).isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,-2147483649,99999999999999999999,1.5,1.0E300],\"b\":{\"c\":null}}",
        "[true,false,\"ä😀\\n\\\"\\u0000\",{},[],\"\"]",
        "\"text\"",
        "7"
      })
  void readsAndWritesTheTreesOfAMapper(String text) {
    JsonNode tree = JsonMapper.shared().readTree(text);

    assertThat(Json.read(text)).isEqualTo(tree);
    assertThat(Json.write(tree)).isEqualTo(JsonMapper.shared().writeValueAsString(tree));
  }

  @Test
  void writesValuesThatNoReaderMakes() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("float", 1.5f).put("decimal", new BigDecimal("2.50"));
    tree.putPOJO("default", List.of("a")).put("bytes", new byte[] {1});

    String text = Json.write(tree);

    assertThat(text)
        .isEqualTo("{\"float\":1.5,\"decimal\":2.50,\"default\":[\"a\"],\"bytes\":\"AQ==\"}");
  }
}
