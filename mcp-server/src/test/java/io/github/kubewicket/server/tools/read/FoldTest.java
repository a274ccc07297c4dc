package io.github.kubewicket.server.tools.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FoldTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void leavesWhatFitsAsItIs() {
    ObjectNode small = JSON.objectNode().put("a", 1);
    Fold fold = new Fold();

    assertThat(fold.fit(small, "", 100)).isSameAs(small);
    assertThat(fold.folded()).isZero();
  }

  @Test
  void keepsSmallPartsWholeAndNamesThePathOfLargeOnes() {
    ObjectNode object = JSON.objectNode().put("kind", "X");
    ArrayNode large = object.putObject("spec").putArray("items");
    for (int i = 0; i < 500; i++) {
      large.addObject().put("name", "item-" + i);
    }
    Fold fold = new Fold();

    JsonNode fit = fold.fit(object, "", 2_000);

    assertThat(fit.path("kind").asString()).isEqualTo("X");
    assertThat(fit.path("spec").path("items").path(0).path("name").asString()).isEqualTo("item-0");
    Matcher rest =
        Pattern.compile("(\\d+) more of 500 items at path (\\S+)\"").matcher(fit.toString());
    assertThat(rest.find()).isTrue();
    int shown = 500 - Integer.parseInt(rest.group(1));
    assertThat(rest.group(2)).isEqualTo("spec.items[" + shown + ":500]");
    assertThat(FieldPath.parse(rest.group(2)).select(object)).hasSize(500 - shown);
  }

  @Test
  void clipsALongTextAndSaysByHowMuch() {
    JsonNode fit = new Fold().fit(JSON.stringNode("x".repeat(10_000)), "data", 500);

    assertThat(Sizes.of(fit)).isLessThanOrEqualTo(500);
    assertThat(fit.asString()).matches("x+… \\(\\d+ more characters\\)");
  }

  @RepeatedTest(60)
  void fitsAnythingIntoItsRoom(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    JsonNode value = random(random, 0);
    int room = 400 + random.nextInt(8_000);

    JsonNode fit = new Fold().fit(value, "root", room);

    assertThat(Sizes.of(fit)).isLessThanOrEqualTo(room);
  }

  private static JsonNode random(Random random, int depth) {
    int kind = random.nextInt(depth > 4 ? 1 : 3);
    if (kind == 0) {
      return JSON.stringNode("ä\"\\\n漢x".repeat(random.nextInt(depth < 2 ? 600 : 30)));
    }
    int children = random.nextInt(depth < 2 ? 30 : 6);
    if (kind == 1) {
      ArrayNode array = JSON.arrayNode();
      for (int i = 0; i < children; i++) {
        array.add(random(random, depth + 1));
      }
      return array;
    }
    ObjectNode object = JSON.objectNode();
    for (int i = 0; i < children; i++) {
      object.set("key." + "k".repeat(random.nextInt(60)) + i, random(random, depth + 1));
    }
    return object;
  }

  @Test
  void foldsWhatIsNestedTooDeep() {
    ObjectNode root = JSON.objectNode();
    ObjectNode here = root;
    for (int i = 0; i < 400; i++) {
      here.put("x", "y".repeat(1_000));
      here = here.putObject("a");
    }

    JsonNode fit = new Fold().fit(root, "", 8_000);

    assertThat(Sizes.of(fit)).isLessThanOrEqualTo(8_000);
  }

  @Test
  void speaksJson() {
    assertThat(
            JsonMapper.builder()
                .build()
                .readTree(new Fold().fit(JSON.stringNode("\n".repeat(900)), "p", 300).toString()))
        .isNotNull();
  }
}
