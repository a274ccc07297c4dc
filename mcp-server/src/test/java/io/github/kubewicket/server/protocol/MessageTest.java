package io.github.kubewicket.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
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

    assertThat(((Message.Invalid) known).id()).contains(new RequestId("a"));
    assertThat(((Message.Invalid) overlong).id()).isEqualTo(Optional.empty());
  }

  @Test
  void keepsATextAndANumberApart() {
    RequestId number = request("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}").id();
    RequestId text = request("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"x\"}").id();

    assertThat(number).isNotEqualTo(text).isEqualTo(new RequestId(1L));
    assertThat(Json.write(number.json())).isEqualTo("1");
    assertThat(Json.write(text.json())).isEqualTo("\"1\"");
  }

  @Test
  void readsReplies() {
    Message result = message("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    Message error =
        message("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no\"}}");

    assertThat(((Message.Response) result).body().path("result").isObject()).isTrue();
    assertThat(((Message.Response) error).body().path("error").path("code").asInt()).isEqualTo(1);
    assertThat(((Message.Response) error).id()).isEqualTo(new RequestId(1L));
  }

  private static Message.Request request(String json) {
    return (Message.Request) message(json);
  }

  private static Message message(String json) {
    return Message.of(Json.read(json), json.length());
  }
}
