package io.github.kubewicket.policy.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class CanonicalJsonTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void sortsKeysByUtf16AsTheRfcDoes() {
    ObjectNode object = NODES.objectNode();
    for (String key : new String[] {"€", "\r", "\ufb33", "1", "\u0080", "😀", "ö"}) {
      object.put(key, 0);
    }

    String text = CanonicalJson.text(object);

    assertThat(text)
        .isEqualTo("{\"\\r\":0,\"1\":0,\"\u0080\":0,\"ö\":0,\"€\":0,\"😀\":0,\"\ufb33\":0}");
  }

  @Test
  void escapesNoMoreThanItMust() {
    JsonNode text = NODES.stringNode("€$\u000f\nA'B\"\\\\\"/\b\t\f\r\u007f\u2028😀");

    assertThat(CanonicalJson.text(text))
        .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f\u2028😀\"");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 8785, appendix B, as far as the profile goes.
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "433fffffffffffff, 9007199254740991",
    "c33fffffffffffff, -9007199254740991",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
    "3fe0000000000000, 0.5",
    "3f60624dd2f1a9fc, 0.002",
  })
  void spellsDoublesAsEcmaScriptDoes(String bits, String spelling) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

    assertThat(CanonicalJson.text(NODES.numberNode(value))).isEqualTo(spelling);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "1e23",
        "1e400",
        "1e-400",
        "1e999999999",
        "1e-999999999",
        "0.1000000000000000000001",
        "123456789012345678901234567890"
      })
  void refusesNumbersThatTwoProgramsCouldReadDifferently(String number) {
    JsonNode node = NODES.numberNode(new BigDecimal(number));

    assertThatThrownBy(() -> CanonicalJson.text(node)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNumbersThatAreNone() {
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> CanonicalJson.text(NODES.numberNode(none)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void spellsAnIntegerTheSameWhateverHoldsIt() {
    assertThat(CanonicalJson.text(NODES.numberNode(7))).isEqualTo("7");
    assertThat(CanonicalJson.text(NODES.numberNode(7L))).isEqualTo("7");
    assertThat(CanonicalJson.text(NODES.numberNode(BigInteger.valueOf(7)))).isEqualTo("7");
    assertThat(CanonicalJson.text(NODES.numberNode(7.0))).isEqualTo("7");
    assertThat(CanonicalJson.text(NODES.numberNode(new BigDecimal("7.00")))).isEqualTo("7");
  }

  @Test
  void refusesHalfASurrogatePairInValuesAndKeysAndSaysWhere() {
    ObjectNode inValue = NODES.objectNode();
    inValue.putArray("list").add("ok").add("x\udc00");

    assertThatThrownBy(() -> CanonicalJson.text(inValue))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$.list[1]");
    assertThatThrownBy(() -> CanonicalJson.text(NODES.objectNode().put("\ud83d", 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.text(NODES.stringNode("\ud83d\ud83d\ude00")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> CanonicalJson.text(NODES.binaryNode(new byte[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.text(NODES.missingNode()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.text(NODES.pojoNode(new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNestingBeyondAHundredLevels() {
    ArrayNode deep = NODES.arrayNode();
    ArrayNode inner = deep;
    for (int i = 0; i < 100; i++) {
      inner = inner.addArray();
    }
    assertThat(CanonicalJson.text(deep)).hasSize(202);

    inner.addArray();

    assertThatThrownBy(() -> CanonicalJson.text(deep)).hasMessageContaining("100 levels");
  }

  @Test
  void keepsDigestsOfDifferentDomainsApart() {
    ObjectNode object = NODES.objectNode().put("a", 1);

    String digest = CanonicalJson.digest("kubewicket/binding/v1", object);

    assertThat(digest)
        .isEqualTo(
            Digests.sha256("kubewicket/binding/v1\n{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(CanonicalJson.digest("kubewicket/binding/v2", object));
    assertThatThrownBy(() -> CanonicalJson.digest("a\nb", object))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":1}",
        "{\"a\":1 }",
        "{\"a\":1.0}",
        "{\"a\":-0}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1}{}",
        "{\"a\":1",
        "[]",
        "",
        "null",
        "{\"a\":1e2}",
        "{\"a\":9007199254740992}"
      })
  void takesOnlyTheCanonicalSpellingForCanonical(String text) {
    assertThat(StrictJson.canonicalObject(text)).isEmpty();
  }

  @Test
  void readsBackWhatItSpelled() {
    String text = "{\"a\":[0.5,1,-2,5e-324,true,null,\"é\\n\"],\"b\":{\"c\":{}}}";

    assertThat(StrictJson.canonicalObject(text).map(CanonicalJson::text)).contains(text);
  }
}
