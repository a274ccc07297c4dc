package io.github.kubewicket.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kubewicket.policy.settings.HttpSettings;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGuardsTest {
  private static final List<String> PATHS =
      List.of("/mcp", "/sse", "/message", "/.well-known/oauth-protected-resource", "/x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "169.254.169.254",
        "0.0.0.0"
      })
  void answersToNoNameButItsOwn(String host) throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      for (String path : PATHS) {
        for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
          String answer = raw(http.server.port(), method, path, host, "");

          assertThat(answer).as("%s %s", method, path).startsWith("HTTP/1.1 421 ");
        }
      }
      String health = raw(http.server.probesPort().orElseThrow(), "GET", "/metrics", host, "");
      assertThat(health).startsWith("HTTP/1.1 403 ");
      assertThat(http.calls.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "file://", "http://localhost.evil.example"})
  void letsNoPageOfAnotherOriginIn(String origin) throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      for (String path : PATHS) {
        String answer =
            raw(http.server.port(), "GET", path, "127.0.0.1", "Origin: " + origin + "\r\n");

        assertThat(answer).as(path).startsWith("HTTP/1.1 403 ");
        assertThat(answer).doesNotContain("Access-Control-Allow-Origin");
      }
      String health =
          raw(
              http.server.probesPort().orElseThrow(),
              "GET",
              "/metrics",
              "127.0.0.1",
              "Origin: " + origin + "\r\n");
      assertThat(health).startsWith("HTTP/1.1 403 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer ada\r\nauthorization: Bearer eve",
        "Origin: http://localhost\r\nOrigin: http://evil.example",
        "Mcp-Session-Id: a\r\nMcp-Session-Id: b",
        "Mcp-Method: tools/list\r\nMCP-METHOD: tools/call",
        "Mcp-Name: fast\r\nMcp-Name: slow",
        "Mcp-Param-Namespace: a\r\nMcp-Param-Namespace: b"
      })
  void refusesAHeaderThatDecidesAndComesTwice(String headers) throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      for (String path : PATHS) {
        String answer = raw(http.server.port(), "POST", path, "127.0.0.1", headers + "\r\n");

        assertThat(answer).as(path).startsWith("HTTP/1.1 400 ").contains("comes twice");
      }
      assertThat(http.calls.requests).isEmpty();
    }
  }

  @Test
  void letsPagesReadOnlyWhereTheFileNamesTheirOrigin() throws Exception {
    HttpSettings settings =
        new HttpSettings(
            Optional.empty(),
            List.of("https://console.example"),
            List.of("kubewicket.agents.svc"),
            Optional.empty(),
            true,
            List.of(),
            Optional.empty(),
            Optional.empty());
    try (RunningHttp http = new RunningHttp(settings, RunningHttp.BY_NAME, true)) {
      String allowed =
          raw(
              http.server.port(),
              "OPTIONS",
              "/mcp",
              "kubewicket.agents.svc:8443",
              "Origin: https://console.example\r\n");
      String local =
          raw(http.server.port(), "OPTIONS", "/mcp", "localhost", "Origin: http://localhost:3\r\n");

      assertThat(allowed)
          .startsWith("HTTP/1.1 204 ")
          .contains("Access-Control-Allow-Origin: https://console.example");
      assertThat(local).startsWith("HTTP/1.1 403 ").doesNotContain("Access-Control-Allow-Origin");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\": oops | 400 | -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"} | 400 | -32700",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}] | 400 | -32600",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"} | 400 | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"} | 400 | -32600",
        "7 | 400 | -32600",
        "'' | 400 | -32700"
      })
  void answersWhatIsNoMessageWithAnErrorOfTheProtocol(String body, int status, int code)
      throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      HttpResponse<String> answer = http.send(http.request(body));

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(RunningHttp.code(answer)).isEqualTo(code);
    }
  }

  @Test
  void boundsBodiesWhetherOrNotTheirLengthIsSaid() throws Exception {
    byte[] big = new byte[Body.MAX_BYTES + 1];
    try (RunningHttp http = RunningHttp.open()) {
      HttpRequest.Builder said = http.request("").POST(HttpRequest.BodyPublishers.ofByteArray(big));
      HttpRequest.Builder chunked =
          http.request("")
              .POST(
                  HttpRequest.BodyPublishers.ofInputStream(
                      () -> new java.io.ByteArrayInputStream(big)));

      assertThat(http.send(said).statusCode()).isEqualTo(413);
      assertThat(http.send(chunked).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void refusesWhatABrowserCanSendWithoutAsking() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(http.uri("/mcp"))
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(RunningHttp.INITIALIZE)));

        assertThat(answer.statusCode()).isEqualTo(415);
      }
    }
  }

  @Test
  void saysWhatItDoesNotServe() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      URI mcp = http.uri("/mcp");

      assertThat(http.send(HttpRequest.newBuilder(mcp)).statusCode()).isEqualTo(405);
      assertThat(
              http.send(HttpRequest.newBuilder(mcp).PUT(HttpRequest.BodyPublishers.ofString("{}")))
                  .statusCode())
          .isEqualTo(405);
      assertThat(http.send(http.request("{}").setHeader("Accept", "text/html")).statusCode())
          .isEqualTo(406);
      assertThat(http.send(HttpRequest.newBuilder(http.uri("/mcp/x"))).statusCode()).isEqualTo(404);
      assertThat(http.send(HttpRequest.newBuilder(http.uri("/%2e%2e/mcp"))).statusCode())
          .isIn(400, 404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /mcp HTTP/9.9\r\n\r\n",
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /mcp HTTP/1.1\r\n\r\n",
        "GET /mcp HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void tellsNothingOfItselfToWhatIsNotHttp(String request) throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String answer = send(http.server.port(), request);

      assertThat(answer).matches("(?s)HTTP/1.1 (4|505).*");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("exception")
          .doesNotContain("jetty")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void refusesHeadersThatGoOnForEver() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      String answer =
          raw(http.server.port(), "GET", "/mcp", "localhost", "X: " + "a".repeat(20_000) + "\r\n");

      assertThat(answer).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void tellsOfItsHealthAndItsMeasuresOnAPortOfTheirOwn() throws Exception {
    try (RunningHttp http = RunningHttp.open()) {
      http.session();

      String metrics = http.send(HttpRequest.newBuilder(http.probe("/metrics"))).body();

      assertThat(http.send(HttpRequest.newBuilder(http.probe("/healthz"))).statusCode())
          .isEqualTo(200);
      assertThat(http.send(HttpRequest.newBuilder(http.probe("/readyz"))).statusCode())
          .isEqualTo(200);
      assertThat(metrics)
          .contains("kubewicket_http_requests_total{status=\"200\"} 1")
          .contains("kubewicket_sessions 1");
      assertThat(http.send(HttpRequest.newBuilder(http.uri("/metrics"))).statusCode())
          .isEqualTo(404);
    }
  }

  private static String raw(int port, String method, String path, String host, String headers)
      throws Exception {
    return send(
        port,
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nConnection: close\r\n"
            + headers
            + "\r\n");
  }

  private static String send(int port, String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      byte[] head = in.readNBytes(12);
      // Enough to see what it says; a keep-alive connection stays open after it.
      Thread.sleep(50);
      byte[] rest = in.readNBytes(in.available());
      return new String(head, StandardCharsets.ISO_8859_1)
          + new String(rest, StandardCharsets.ISO_8859_1);
    }
  }
}
