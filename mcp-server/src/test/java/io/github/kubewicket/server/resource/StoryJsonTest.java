package io.github.kubewicket.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.ledger.Entry;
import io.github.kubewicket.policy.ledger.EntryType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StoryJsonTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(ints = {1_024, 2_048, 8_192, 262_144})
  void keepsEveryStoryWithinTheBudget(int budget) {
    String long64k = "ä\"\n\u202e".repeat(16_000);
    ObjectNode body = request().put("diff", long64k).put("reason", long64k).put("trigger", long64k);
    for (int i = 0; i < 500; i++) {
      body.withArray("warnings").add(long64k.substring(0, 500));
      body.withObject("blastRadius").put("k" + i, i);
    }

    String text = StoryJson.whole(story(body), budget);

    JsonNode json = JSON.readTree(text);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(budget);
    assertThat(json.path("id").asString()).isEqualTo("ar_1");
    assertThat(json.path("state").asString()).isEqualTo("pending");
    assertThat(text).doesNotContain("\u202e");
  }

  @Test
  void saysHowMuchOfTheDiffIsMissing() {
    String text = StoryJson.whole(story(request().put("diff", "+ a: 1\n".repeat(5_000))), 4_096);

    assertThat(JSON.readTree(text).path("diff").asString())
        .startsWith("+ a: 1")
        .containsPattern("… \\d+ more characters$");
  }

  @Test
  void tellsNothingButWhatItNames() {
    ObjectNode body =
        request().put("statement", "eyJhbGciOi").put("policy", "sha256:1").put("wish", "w");
    body.putObject("arguments").put("password", "hunter2");

    String text = StoryJson.whole(story(body), 8_192);

    assertThat(text).doesNotContain("eyJhbGciOi", "hunter2", "sha256", "wish");
  }

  private static ObjectNode request() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("requestId", "ar_1")
        .put("caller", "stdio:ada")
        .put("tool", "scale_workload");
  }

  private static Story story(ObjectNode body) {
    Entry entry =
        new Entry(1, Instant.parse("2026-01-02T03:04:05Z"), EntryType.REQUESTED, body, "", "");
    return new Story(List.of(entry), "pending");
  }
}
