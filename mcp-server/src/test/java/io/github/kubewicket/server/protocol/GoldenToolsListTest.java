package io.github.kubewicket.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.catalogue.Catalogue;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What agents see of the tools is a contract: names, arguments, schemas, hints. A change of it has
/// to be meant. `-Dgolden=write` writes the file anew.
class GoldenToolsListTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "golden", "tools-list.json");
  private static final int MOST_BYTES = 12 * 1_024;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Catalogue CATALOGUE =
      io.github.kubewicket.server.tools.Tools.all(InstantSource.system());

  static List<Tool> tools() {
    return CATALOGUE.tools();
  }

  @Test
  void theListIsTheOneThatWasAgreed() throws IOException {
    String now = JSON.writeValueAsString(Tools.list(tools())) + "\n";
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, now);
    }

    assertThat(now).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void everyReadToolTogetherCostsAnAgentAtMostTwelveKilobytes() {
    List<Tool> reads = tools().stream().filter(ReadTool.class::isInstance).toList();

    int bytes = Tools.list(reads).toString().getBytes(StandardCharsets.UTF_8).length;

    assertThat(reads).hasSize(5);
    assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void isNamedAfterItsClassAndDescribedBriefly(Tool tool) {
    String snake =
        tool.getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
            .toLowerCase(Locale.ROOT);

    assertThat(tool.name()).isEqualTo(snake);
    assertThat(tool.description()).hasSizeLessThan(300).endsWith(".");
    assertThat(tool.title()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void takesNothingThatItDoesNotKnow(Tool tool) {
    JsonNode schema = tool.input().schema();

    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    schema
        .path("properties")
        .properties()
        .forEach(property ->
            assertThat(property.getValue().path("description").asString("")).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("tools")
  void saysWhetherItWrites(Tool tool) {
    JsonNode listed = Tools.list(List.of(tool)).path("tools").path(0);

    assertThat(listed.path("annotations").path("readOnlyHint").asBoolean())
        .isEqualTo(!(tool instanceof WriteTool<?>));
    assertThat(listed.path("outputSchema").path("type").asString("")).isEqualTo("object");
    if (tool instanceof WriteTool<?>) {
      assertThat(listed.path("inputSchema").path("required").toString()).contains("reason");
    }
  }
}
