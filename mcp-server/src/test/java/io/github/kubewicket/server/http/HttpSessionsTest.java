package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpSessionsTest {
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  @Test
  void servesWhoBeganWithInitialize() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String session = http.session();

      HttpResponse<String> listed = http.send(http.request(LIST).header("Mcp-Session-Id", session));

      assertThat(session).matches("[\\x21-\\x7e]{24}");
      assertThat(listed.statusCode()).isEqualTo(200);
      assertThat(RunningHttp.json(listed).path("result").path("tools").size()).isEqualTo(4);
    }
  }

  @Test
  void asksForASessionThatIsMissingAndSendsAClientOfAnUnknownOneBackToTheStart() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<String> missing = http.send(http.request(LIST));
      HttpResponse<String> unknown =
          http.send(http.request(LIST).header("Mcp-Session-Id", "AAAAAAAAAAAAAAAAAAAAAAAA"));

      assertThat(missing.statusCode()).isEqualTo(400);
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("start anew with initialize");
    }
  }

  @Test
  void keepsASessionFromEveryOtherCaller() throws Exception {
    try (RunningHttp http = RunningHttp.closed()) {
      String session = http.session("Authorization", "Bearer ada");
      List<HttpRequest.Builder> tries =
          List.of(
              http.request(LIST),
              HttpRequest.newBuilder(http.uri("/mcp")).header("Accept", "text/event-stream"),
              HttpRequest.newBuilder(http.uri("/mcp")).DELETE());

      for (HttpRequest.Builder attempt : tries) {
        HttpResponse<String> stolen =
            http.send(
                attempt.header("Mcp-Session-Id", session).header("Authorization", "Bearer eve"));
        assertThat(stolen.statusCode()).isEqualTo(404);
      }

      HttpResponse<String> own =
          http.send(
              http.request(LIST)
                  .header("Mcp-Session-Id", session)
                  .header("Authorization", "Bearer ada"));
      assertThat(own.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void endsASessionForGood() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String session = http.session();
      HttpRequest.Builder end =
          HttpRequest.newBuilder(http.uri("/mcp")).DELETE().header("Mcp-Session-Id", session);

      int first = http.send(end).statusCode();
      int second = http.send(end).statusCode();
      int later = http.send(http.request(LIST).header("Mcp-Session-Id", session)).statusCode();

      assertThat(List.of(first, second, later)).containsExactly(204, 404, 404);
    }
  }

  @Test
  void endsTheLongestIdleSessionOfACallerWhoBeginsTooMany() throws Exception {
    try (RunningHttp http = RunningHttp.closed()) {
      String first = http.session("Authorization", "Bearer ada");
      String others = http.session("Authorization", "Bearer eve");
      for (int i = 0; i < 1_024; i++) {
        http.session("Authorization", "Bearer ada");
      }

      int ended =
          http.send(
                  http.request(LIST)
                      .header("Mcp-Session-Id", first)
                      .header("Authorization", "Bearer ada"))
              .statusCode();
      int untouched =
          http.send(
                  http.request(LIST)
                      .header("Mcp-Session-Id", others)
                      .header("Authorization", "Bearer eve"))
              .statusCode();

      assertThat(ended).isEqualTo(404);
      assertThat(untouched).isEqualTo(200);
    }
  }
}
