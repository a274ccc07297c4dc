package io.github.kubewicket.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// No expression hangs, whoever wrote it and whatever it looks at.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConditionLimitsTest {
  private static final Answer TRUE = new Answer.True();

  private final CelConditions conditions = new CelConditions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.many.all(a, object.many.all(b, object.many.all(c, a <= 100000)))",
        "object.many.map(a, object.many.map(b, object.many)).size() == 1",
        "object.many.all(a, a >= 0)",
        "object.few.map(a, object.many).map(b, b + b + b).size() >= 0",
        "object.few.all(a, object.many == workloadObject.many)",
        "object.few.all(a, !(100000 in object.many))",
        "object.few.all(a, !object.text.matches('(a+)+b'))",
        "object.few.all(a, !object.text.contains(object.text + 'b'))",
        "object.few.all(a, !object.short.matches('(a?){20}(a?){20}(a?){20}(a|b|ab)*c'))",
        "object.few.all(a, (object.text + object.text).size() > 0)",
      })
  void givesUpOnTooMuchWork(String expression) {
    Inputs inputs = large().inputs();

    Answer answer = answerInTime(expression, inputs);

    assertThat(conditions.fault(expression)).isEmpty();
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void givesUpOnAnErrorInEveryRound() {
    Inputs inputs = large().inputs();

    Answer answer =
        answerInTime("object.many.exists(a, object.none || object.many.all(b, b.c))", inputs);

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[%s].map(v%d, v%d + v%d)[0]",
        "[%s].map(v%d, [v%d, v%d])[0]",
        "[%s].map(v%d, {'a': v%d, 'b': v%d})[0]",
      })
  void givesUpOnValuesThatGrowWithEveryLevel(String level) {
    String value = "[caller]";
    String same = "[caller]";
    int levels = 0;
    while (isRight(grown(level, value, levels) + " == " + grown(level, same, levels + 50))) {
      value = grown(level, value, levels);
      same = grown(level, same, levels + 50);
      levels++;
    }

    Answer answer = answerInTime(value + " == " + same, Scene.leak().inputs());

    assertThat(levels).isGreaterThan(3);
    assertThat(answer).isIn(TRUE, new Answer.Unknown("it takes too much work"));
  }

  @Test
  void givesUpOnTextsThatGrowWithEveryLevel() {
    String value = "caller";
    for (int level = 0; level < 6; level++) {
      String name = "v" + level;
      String eight = (name + " + ").repeat(7) + name;
      value = "[" + value + "].map(" + name + ", (" + eight + ") + (" + eight + "))[0]";
    }

    Answer answer = answerInTime(value + " != ''", Scene.leak().inputs());

    assertThat(conditions.fault(value + " != ''")).isEmpty();
    assertThat(answer).isEqualTo(new Answer.Unknown("it takes too much work"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "!", "-", "{1:", "a.b(", "true?", "[1].map(x,"})
  void refusesDeepNestingAsAFault(String opening) {
    String expression = opening.repeat(Math.min(4_000, 4_096 / opening.length() - 1));

    assertThat(conditions.fault(expression)).isPresent();
    assertThat(conditions.fault(expression + "1")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true && ", "false || ", "!!"})
  void readsLongChains(String link) {
    String chain = link.repeat(400) + "true";

    Answer answer = answerInTime(chain, Scene.leak().inputs());

    assertThat(conditions.fault(chain)).isEmpty();
    assertThat(answer).isEqualTo(TRUE);
  }

  @Test
  void refusesALongExpressionAndSaysHowLongItMayBe() {
    String expression = "true || '" + "x".repeat(4_096) + "' == ''";

    assertThat(conditions.fault(expression))
        .contains("The condition has 4112 characters, and at most 4096 are allowed; split it.");
  }

  @Test
  void countsOnlyWhatAnExpressionDoes() {
    Inputs inputs = large().inputs();

    Answer answer =
        answerInTime(
            "object.few.map(a, a * 2).filter(a, a > 10).all(a, a < 1000)"
                + " && object.short.matches('^[a-z]+$') && size(object.many) > 1000",
            inputs);

    assertThat(answer).isEqualTo(TRUE);
  }

  private boolean isRight(String expression) {
    return conditions.fault(expression).isEmpty();
  }

  private static String grown(String level, String value, int n) {
    return level.formatted(value, n, n, n);
  }

  private Answer answerInTime(String expression, Inputs inputs) {
    return Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> conditions.evaluate(expression, inputs));
  }

  private static Scene large() {
    ObjectNode object = Scene.object("{}");
    ArrayNode many = object.putArray("many");
    for (int i = 0; i < 100_000; i++) {
      many.add(i);
    }
    ArrayNode few = object.putArray("few");
    for (int i = 0; i < 200; i++) {
      few.add(i);
    }
    object.put("text", "a".repeat(1_000_000));
    object.put("short", "a".repeat(10_000));
    return Scene.leak().withObject(object);
  }
}
