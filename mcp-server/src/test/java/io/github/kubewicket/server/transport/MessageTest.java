package io.github.kubewicket.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class MessageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "{",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} trailing",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
        "{'jsonrpc':'2.0'}",
        "\uFEFF{}"
      })
  void cannotReadWhatIsNotOneJsonText(String line) {
    assertThatThrownBy(() -> Json.MAPPER.readTree(line)).isInstanceOf(JacksonException.class);
  }

  @Test
  void cannotReadATreeThatIsDeeperOrLargerThanAnyCallNeeds() {
    String deep = "[".repeat(101) + "]".repeat(101);
    String large = "[" + "0,".repeat(200_000) + "0]";

    assertThatThrownBy(() -> Json.MAPPER.readTree(deep)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.MAPPER.readTree(large)).isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "[]",
        "1",
        "null",
        "\"text\"",
        "{}",
        "{\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":{},\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":99999999999999999999,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}"
      })
  void refusesJsonThatIsNoMessage(String json) {
    assertThat(message(json)).isInstanceOf(Message.Invalid.class);
  }

  @Test
  void tellsTheIdOfAnInvalidMessageWhereItIsOne() {
    Message known = message("{\"id\":\"a\",\"method\":\"ping\"}");
    Message overlong =
        message("{\"jsonrpc\":\"2.0\",\"id\":\"" + "a".repeat(257) + "\",\"method\":\"ping\"}");

    assertThat(((Message.Invalid) known).id()).contains(new RequestId("a", "\"a\""));
    assertThat(((Message.Invalid) overlong).id()).isEqualTo(Optional.empty());
  }

  @Test
  void keepsATextAndANumberApartAndKnowsThemAgainByTheirValue() {
    RequestId number = request("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}").id();
    RequestId text = request("{\"jsonrpc\":\"2.0\",\"id\":\"1\\n\\\"\",\"method\":\"x\"}").id();

    assertThat(number.key()).isEqualTo("1");
    assertThat(text.key()).isEqualTo("\"1\\n\\\"\"");
    assertThat(RequestId.of(number.value())).isEqualTo(number);
    assertThat(RequestId.of(text.value())).isEqualTo(text);
  }

  @Test
  void readsReplies() {
    Message result = message("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    Message error =
        message("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no\"}}");

    assertThat(result).isEqualTo(new Message.Response());
    assertThat(error).isEqualTo(new Message.Response());
  }

  private static Message.Request request(String json) {
    return (Message.Request) message(json);
  }

  private static Message message(String json) {
    return Message.of(Json.MAPPER.readTree(json), json.length());
  }
}
