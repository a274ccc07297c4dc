package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.server.catalogue.ReadTool;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ReadToolsTest {
  static final List<ReadTool<?>> TOOLS =
      List.of(
          new ListResources(),
          new GetResource(InstantSource.system()),
          new GetLogs(InstantSource.system()),
          new ListEvents(InstantSource.system()),
          new DescribeKind());

  @ParameterizedTest
  @FieldSource("TOOLS")
  void isNamedAfterItsClassAndDescribedBriefly(ReadTool<?> tool) {
    String snake =
        tool.getClass().getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase();

    assertThat(tool.name()).isEqualTo(snake);
    assertThat(tool.description()).hasSizeLessThan(300);
    assertThat(tool.idempotent()).isTrue();
    assertThat(tool.input().schema().path("additionalProperties").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @FieldSource("TOOLS")
  void allowsItsAnswerAndARefusalInItsOutputSchema(ReadTool<?> tool) {
    ObjectNode schema = tool.outputSchema();

    assertThat(schema.path("type").asString()).isEqualTo("object");
    assertThat(schema.path("anyOf").toString()).contains("[\"decision\",\"code\"]");
  }

  @Test
  void costsAnAgentLittleToKnow() {
    int bytes = 0;
    for (ReadTool<?> tool : TOOLS) {
      ObjectNode listed = JsonNodeFactory.instance.objectNode();
      listed.put("name", tool.name()).put("title", tool.title());
      listed.put("description", tool.description());
      listed.set("inputSchema", tool.input().schema());
      listed.set("outputSchema", tool.outputSchema());
      bytes += Sizes.of(listed);
    }

    assertThat(bytes).isLessThan(7_000);
  }
}
