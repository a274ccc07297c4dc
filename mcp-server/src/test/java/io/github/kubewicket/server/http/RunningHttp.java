package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.policy.settings.HttpSettings;
import io.github.kubewicket.server.identity.Authentication;
import io.github.kubewicket.server.identity.Authenticator;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.transport.FakeCalls;
import io.github.kubewicket.server.transport.Surfaces;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// An [HttpServer] in this JVM over [FakeCalls], and a client for it. Tokens are callers' names.
final class RunningHttp implements AutoCloseable {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"peer","version":"1"}}}\
      """;

  /// Knows whoever has a name; `reader` may only read, `nobody` is refused, `away` cannot be
  /// checked.
  static final Authenticator BY_NAME =
      presented ->
          presented
              .bearer()
              .map(RunningHttp::byName)
              .orElse(new Authentication.Refused("", "Present a bearer token."));

  final FakeCalls calls = new FakeCalls();
  final HttpServer server;
  final HttpClient client = HttpClient.newHttpClient();

  RunningHttp(HttpSettings settings, Authenticator authenticator, boolean anonymous)
      throws IOException {
    server =
        new HttpServer(
            new HttpServer.Parts(
                CompletableFuture.completedFuture(Surfaces.of(calls)),
                Surfaces.INFO,
                Surfaces.states(),
                () -> settings,
                authenticator,
                () -> anonymous ? Optional.of(new Caller("http:local")) : Optional.empty(),
                "slow"::equals,
                () -> "",
                new SecureRandom(),
                Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())),
            new InetSocketAddress("127.0.0.1", 0),
            Optional.of(new InetSocketAddress("127.0.0.1", 0)));
    server.start();
  }

  /// A server for everybody on this machine.
  static RunningHttp open() throws IOException {
    return new RunningHttp(HttpSettings.USUAL, BY_NAME, true);
  }

  /// A server that wants to know who calls.
  static RunningHttp closed() throws IOException {
    return new RunningHttp(HttpSettings.USUAL, BY_NAME, false);
  }

  private static Authentication byName(String token) {
    return switch (token) {
      case "nobody" -> new Authentication.Refused("invalid_token", "That token is not known.");
      case "away" -> new Authentication.Unavailable("Tokens cannot be checked now.");
      case "reader" ->
          new Authentication.Known(new Caller("token:reader", Set.of(), Set.of(Caller.READ)));
      default -> new Authentication.Known(new Caller("token:" + token));
    };
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  URI probe(String path) {
    return URI.create("http://127.0.0.1:" + server.probesPort().orElseThrow() + path);
  }

  /// A POST of JSON to `/mcp`.
  HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(uri("/mcp"))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /// The id of a new session.
  String session(String... headers) throws Exception {
    HttpRequest.Builder request = request(INITIALIZE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request).headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  /// A request of 2026-07-28 with its headers.
  HttpRequest.Builder modern(String id, String method, String params, Map<String, String> more) {
    String meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    HttpRequest.Builder request =
        request(
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":{%s%s}}"
                    .formatted(id, method, params.isEmpty() ? "" : params + ",", meta))
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", method);
    more.forEach(request::header);
    return request;
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.read(response.body());
  }

  static int code(HttpResponse<String> response) {
    return json(response).path("error").path("code").asInt(0);
  }

  @Override
  public void close() throws InterruptedException {
    server.stop(Duration.ofMillis(500));
    client.shutdownNow();
  }
}
