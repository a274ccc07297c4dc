package io.github.kubewicket.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelUnknownSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What CEL does that one would not expect, or that must not become a yes.
class ConditionTrapsTest {
  private static final Answer TRUE = new Answer.True();
  private static final Answer FALSE = new Answer.False();

  private final CelConditions conditions = new CelConditions();

  @ParameterizedTest
  @ValueSource(strings = {"object.spec.node == null", "has(object.spec.node)", "[null] == [null]"})
  void takesANullForANull(String expression) {
    Answer answer = conditions.evaluate(expression, Scene.leak().inputs());

    assertThat(answer).isEqualTo(TRUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"object.spec.node", "object.spec.node > 3", "!object.spec.node"})
  void doesNotTakeANullForAnAnswer(String expression) {
    Answer answer = conditions.evaluate(expression, Scene.leak().inputs());

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void takesEverySizeOfNumber() {
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    numbers.put("short", (short) 3).put("int", 3).put("long", 3L).put("float", 1.5f);
    numbers.put("double", 1.5).put("min", Long.MIN_VALUE);
    Scene scene = Scene.leak().withObject(numbers);

    Answer answer =
        conditions.evaluate(
            "type(object.short) == int && type(object.float) == double && object.short * 2 == 6"
                + " && object.short == 3 && object.int + object.long == 6"
                + " && object.float + object.double"
                + " == 3.0 && object.min < 0 && object.int < object.double * 3.0",
            scene.inputs());

    assertThat(answer).isEqualTo(TRUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e999", "-1e999"})
  void doesNotKnowANumberThatDoesNotFit(String number) {
    Scene scene =
        Scene.leak().withObject("{\"a\":true,\"n\":%s,\"l\":[%s]}".formatted(number, number));

    Answer member = conditions.evaluate("object.n != 1", scene.inputs());
    Answer element = conditions.evaluate("object.l.all(n, n != 1)", scene.inputs());
    Answer whole = conditions.evaluate("object != {}", scene.inputs());
    Answer other = conditions.evaluate("object.a", scene.inputs());

    assertThat(List.of(member, element, whole))
        .allSatisfy(answer ->
            assertThat(answer)
                .isInstanceOfSatisfying(
                    Answer.Unknown.class, it -> assertThat(it.why()).startsWith("a field holds")));
    assertThat(other).isEqualTo(TRUE);
  }

  @Test
  void doesNotKnowAnObjectThatWasNotRead() {
    Scene scene = Scene.leak().withObject("{}");

    Answer answer = conditions.evaluate("!has(object.spec)", scene.inputs());

    assertThat(answer).isEqualTo(new Answer.Unknown("object: the object was not read"));
  }

  @Test
  void comparesObjectsThatAreNestedDeeply() {
    Scene scene = Scene.leak().withObject("{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}");

    Answer answer = conditions.evaluate("object == workloadObject", scene.inputs());

    assertThat(answer).isEqualTo(TRUE);
  }

  @Test
  void treatsAnObjectLikeAMapOfCel() {
    Scene scene = Scene.leak().withObject("{\"a\":1,\"b\":[{\"c\":null}]}");

    Answer answer =
        conditions.evaluate(
            "object == {'a': 1, 'b': [{'c': null}]} && 'a' in object && !('x' in object)"
                + " && size(object) == 2 && object.all(key, key != 'x') && 1 in object.map(k, 1)"
                + " && object.b + object.b == [{'c': null}, {'c': null}] && object.b[0].c == null",
            scene.inputs());

    assertThat(answer).isEqualTo(TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object.missing == 1",
        "object.missing.deeper",
        "object.spec.missing != 1",
        "!object.missing",
        "object.list[3] == 1",
        "object.list[-1] == 1",
        "target.labels.missing != 'x'",
        "workload.restartedAt < now",
        "object.list.all(i, object.missing)",
      })
  void isUnknownWhereSomethingIsMissing(String expression) {
    Answer answer = conditions.evaluate(expression, Scene.leak().inputs());

    assertThat(conditions.fault(expression)).isEmpty();
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / 0 == 1",
        "object.spec.priority % 0 == 0",
        "9223372036854775807 + 1 > 0",
        "-9223372036854775808 - 1 < 0",
        "int('x') == 1",
        "quantity(object.kind) > 1",
        "millis(object.kind) > 1",
        "duration(object.kind) > duration('1h')",
        "age(object.kind) > duration('1h')",
        "age(object.spec.priority) > duration(object.kind)",
        "caller.matches(object.kind + '(')",
        "now.getHours(object.kind) > 1",
        "timestamp(object.kind) < now",
        "object.spec > 3",
        "object.kind > 3",
        "object.kind && true",
        "object.kind + 1 == 2",
        "kubewicket.Pod{name: 'x'}.ready",
        "{'a': 1, 'a': 2}.size() == 1",
      })
  void isUnknownWhereEvaluationFails(String expression) {
    Answer answer = conditions.evaluate(expression, Scene.leak().inputs());

    assertThat(conditions.fault(expression)).isEmpty();
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dyn('true')",
        "dyn(1)",
        "object.text",
        "object.one",
        "object.list",
        "object.yes ? object.text : object.yes",
        "[dyn('true')][0]",
        "dyn(now)",
        "dyn(null)",
        "dyn(bool)",
      })
  void doesNotTakeAnotherTypeForABoolean(String expression) {
    Scene scene =
        Scene.leak().withObject("{\"text\":\"true\",\"one\":1,\"list\":[true],\"yes\":true}");

    Answer answer = conditions.evaluate(expression, scene.inputs());

    assertThat(conditions.fault(expression)).isEmpty();
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
    assertThat(((Answer.Unknown) answer).why()).startsWith("it is ").endsWith(", not a boolean");
  }

  @Test
  void doesNotTakeASetOfUnknownsForAnAnswer() {
    Object unknown = CelUnknownSet.create(1L);

    Answer answer = Condition.of(unknown);

    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          object.a == 1 && foo > 1   | column 18: undeclared reference to 'foo'; known are object
          workload.replica > 1       | column 9: undefined field 'replica'
          caller == 3                | column 8: found no matching overload for '==' applied to '(string, int)'
          production && 'x'          | column 12: found no matching overload for '&&' applied to '(bool, string)'
          workload.exists(           | column 17: mismatched input end of the condition
          'true'                     | column 1: its type is string, and it has to be a boolean
          workload                   | column 1: its type is workload, and it has to be a boolean
          usage.memoryBytes          | column 1: its type is int, and it has to be a boolean
          [true]                     | column 1: its type is list, and it has to be a boolean
          null                       | column 1: its type is null_type, and it has to be a boolean
          "\\xzz" == caller          | column 1: token recognition error
          object.a.matches('(')      | column 18: the regular expression is wrong: missing closing )
          caller.matches('a{1000}')  | column 16: the regular expression is too large
          usage.memoryBytes > quantity('5 GB') | column 30: '5 GB' is no quantity
          usage.cpuMillis > millis('lots')     | column 26: 'lots' is no quantity
          [1].exists(now, now == 1)  | column 11: its variable hides one of ours
          age() > duration('1h')     | column 4: undeclared reference to 'age'
          caller.foo()               | column 11: undeclared reference to 'foo'
          optional.of(1).hasValue()  | column 1: undeclared reference to 'optional'
          """)
  void saysWhatIsWrongAndWhere(String expression, String fault) {
    Answer answer = conditions.evaluate(expression, Scene.leak().inputs());

    assertThat(conditions.fault(expression))
        .hasValueSatisfying(sentence ->
            assertThat(sentence)
                .startsWith("The condition is wrong at " + fault)
                .endsWith(".")
                .hasSizeLessThan(300)
                .doesNotContain("\n", "kubewicket", "<input>"));
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void saysTheLineOfAConditionOfSeveralLines() {
    String expression = "caller == 'x'\n  && foo";

    assertThat(conditions.fault(expression))
        .hasValueSatisfying(s -> assertThat(s).contains("wrong at line 2, column 6: undeclared"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "// nothing"})
  void takesNothingForAFault(String expression) {
    Answer answer = conditions.evaluate(expression, Scene.leak().inputs());

    assertThat(conditions.fault(expression)).isPresent();
    assertThat(answer).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  void absorbsAnErrorOnlyAsLogicAllows() {
    Inputs inputs = Scene.leak().inputs();

    Answer either = conditions.evaluate("object.missing == 1 || caller != ''", inputs);
    Answer both = conditions.evaluate("object.missing == 1 && caller == ''", inputs);
    Answer neither = conditions.evaluate("object.missing == 1 || caller == ''", inputs);

    assertThat(either).isEqualTo(TRUE);
    assertThat(both).isEqualTo(FALSE);
    assertThat(neither).isInstanceOf(Answer.Unknown.class);
  }
}
