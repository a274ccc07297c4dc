package io.github.kubewicket.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.context.Known;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Random expressions over random objects: never an exception, never a yes by accident.
class ConditionPropertiesTest {
  private static final int EXPRESSIONS = 200;
  private static final Answer TRUE = new Answer.True();

  private static final Pattern WORKLOAD = Pattern.compile("\\bworkload\\b");

  private final CelConditions conditions = new CelConditions();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverTakesSomethingElseForABoolean(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomExpressions expressions = new RandomExpressions(random);

    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expressions.notBoolean(3);
      Inputs inputs = Scene.leak().withObject(expressions.object()).inputs();

      assertThat(conditions.evaluate(expression, inputs))
          .as(expression)
          .isInstanceOf(Answer.Unknown.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void neverSaysYesToAnExpressionAndToItsOpposite(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomExpressions expressions = new RandomExpressions(random);
    int decided = 0;

    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expressions.bool(3);
      Inputs inputs = Scene.leak().withObject(expressions.object()).inputs();
      Answer answer = conditions.evaluate(expression, inputs);
      Answer opposite = conditions.evaluate("!(" + expression + ")", inputs);

      assertThat(conditions.evaluate(expression, inputs)).as(expression).isEqualTo(answer);
      assertThat(opposite.equals(TRUE)).as(expression).isEqualTo(answer.equals(new Answer.False()));
      assertThat(opposite.equals(new Answer.False())).as(expression).isEqualTo(answer.equals(TRUE));
      decided += answer instanceof Answer.Unknown ? 0 : 1;
    }

    assertThat(decided).as("expressions with an answer").isGreaterThan(EXPRESSIONS / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void neverSaysYesWhereItNamesWhatCouldNotBeSeen(long seed) {
    RandomExpressions expressions = new RandomExpressions(new SplittableRandom(seed));
    int named = 0;

    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expressions.bool(3);
      ObjectNode object = expressions.object();
      Scene seen = Scene.leak().withObject(object);
      Scene blind = seen.withWorkload(Known.unknown("forbidden"));
      Answer answer = conditions.evaluate(expression, blind.inputs());

      if (WORKLOAD.matcher(expression).find()) {
        assertThat(answer).as(expression).isInstanceOf(Answer.Unknown.class);
        named++;
      } else {
        assertThat(answer).as(expression).isEqualTo(conditions.evaluate(expression, seen.inputs()));
      }
    }

    assertThat(named).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void neverThrowsOnRandomText(long seed) {
    RandomExpressions expressions = new RandomExpressions(new SplittableRandom(seed));
    Inputs inputs = Scene.leak().inputs();

    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expressions.broken();

      assertThat(conditions.evaluate(expression, inputs)).as(expression).isNotNull();
      assertThat(conditions.fault(expression)).as(expression).isNotNull();
    }
  }
}
