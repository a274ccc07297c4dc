package io.github.kubewicket.server.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An API server that answers what a test tells it to, over a real socket on the loopback.
public final class FakeApiServer implements AutoCloseable {
  /// Answers one request.
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /// One request that arrived.
  public record Seen(String method, String path, Map<String, List<String>> headers, int port) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  public FakeApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRemoteAddress().getPort()));
    exchange.getRequestBody().readAllBytes();
    try (exchange) {
      answers.getOrDefault(path, FakeApiServer::notFound).to(exchange);
    }
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    send(
        exchange,
        404,
        "{\"kind\":\"Status\",\"message\":\""
            + exchange.getRequestURI().getPath()
            + " not found\"}");
  }

  /// Sends a JSON body.
  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// Answers this path with this JSON.
  public FakeApiServer on(String path, String json) {
    return on(path, exchange -> send(exchange, 200, json));
  }

  /// Answers this path with this status and JSON.
  public FakeApiServer on(String path, int status, String json) {
    return on(path, exchange -> send(exchange, status, json));
  }

  /// Answers this path as `answer` does.
  public FakeApiServer on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /// Serves the kinds that most tests need.
  public FakeApiServer withKinds() {
    on("/api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    on(
        "/apis",
        """
        {"kind":"APIGroupList","groups":[
          {"name":"apps","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}},
          {"name":"example.com","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}}]}
        """);
    on(
        "/api/v1",
        """
        {"kind":"APIResourceList","resources":[
          {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","list","watch"],
           "shortNames":["po"]},
          {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]},
          {"name":"nodes","singularName":"","namespaced":false,"kind":"Node","verbs":["get","list"]},
          {"name":"namespaces","singularName":"","namespaced":false,"kind":"Namespace",
           "verbs":["get","list"],"shortNames":["ns"]},
          {"name":"events","singularName":"","namespaced":true,"kind":"Event","verbs":["get","list"],
           "shortNames":["ev"]},
          {"name":"configmaps","singularName":"","namespaced":true,"kind":"ConfigMap",
           "verbs":["get","list"],"shortNames":["cm"]},
          {"name":"secrets","singularName":"","namespaced":true,"kind":"Secret","verbs":["get","list"]}]}
        """);
    on(
        "/apis/apps/v1",
        """
        {"kind":"APIResourceList","resources":[
          {"name":"deployments","singularName":"","namespaced":true,"kind":"Deployment",
           "verbs":["get","list"],"shortNames":["deploy"]},
          {"name":"deployments/scale","singularName":"","namespaced":true,"kind":"Scale","verbs":["get"]},
          {"name":"replicasets","singularName":"","namespaced":true,"kind":"ReplicaSet",
           "verbs":["get","list"],"shortNames":["rs"]}]}
        """);
    on(
        "/apis/example.com/v1",
        """
        {"kind":"APIResourceList","resources":[
          {"name":"widgets","singularName":"widget","namespaced":true,"kind":"Widget",
           "verbs":["get","list"],"shortNames":["wd"]}]}
        """);
    on("/api/v1/namespaces/shop/events", "{\"kind\":\"EventList\",\"metadata\":{},\"items\":[]}");
    on(
        "/api/v1/namespaces/default/events",
        "{\"kind\":\"EventList\",\"metadata\":{},\"items\":[]}");
    return this;
  }

  /// The address.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The requests so far.
  public List<Seen> seen() {
    return seen;
  }

  /// From how many connections the requests came.
  public int connections() {
    return Set.copyOf(seen.stream().map(Seen::port).toList()).size();
  }

  /// Writes a kubeconfig for this server into `folder`.
  public Path kubeconfig(Path folder, String user) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(file, kubeconfig(url(), user));
    return file;
  }

  /// A kubeconfig with one context, `here`.
  public static String kubeconfig(String server, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: here
    contexts:
    - name: here
      context: {cluster: c, user: u}
    clusters:
    - name: c
      cluster: {server: "%s"}
    users:
    - name: u
      user: %s
    """
        .formatted(server, user);
  }

  /// A connection to this server.
  public Connection connection(Path folder) throws IOException {
    return connection(kubeconfig(folder, "{token: t0ken-of-the-test}"), Optional.empty());
  }

  /// A connection as this kubeconfig says.
  public static Connection connection(Path kubeconfig, Optional<String> context) {
    return new Connection(
        new ClusterLocation(Optional.of(kubeconfig), context, Map.of(), Path.of("/nowhere")),
        "test",
        InstantSource.system());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
