package io.github.kubewicket.demo;

import io.github.kubewicket.demo.control.Timing;
import io.github.kubewicket.demo.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A demo cluster whose clock stands still, and a client for it.
final class Api implements AutoCloseable {
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  static final String PODS = "/api/v1/namespaces/shop/pods";
  static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";
  static final String WEB = DEPLOYMENTS + "/web";
  static final String CONFIG = "/api/v1/namespaces/shop/configmaps/web-config";

  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
  final DemoCluster cluster = DemoCluster.stepped(() -> now, new Random(7), Timing.DEMO);

  /// An answer.
  record Answer(int code, String contentType, String text) {
    JsonNode json() {
      return Json.MAPPER.readTree(text);
    }

    ObjectNode object() {
      return (ObjectNode) json();
    }

    String at(String pointer) {
      JsonNode node = json().at(pointer);
      return node.isMissingNode() ? "" : node.isValueNode() ? node.asString() : node.toString();
    }
  }

  Answer get(String path) {
    return get(path, "application/json");
  }

  Answer get(String path, String accept) {
    return send(request(path).header("Accept", accept).GET());
  }

  Answer post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  Answer put(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  Answer patch(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).method("PATCH", BodyPublishers.ofString(body)));
  }

  Answer delete(String path, String options) {
    return send(request(path).method("DELETE", BodyPublishers.ofString(options)));
  }

  /// The first so many events of a watch, which is then left.
  List<JsonNode> watch(String path, int count) {
    HttpRequest request = request(path).GET().build();
    try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      return lines.limit(count).map(line -> (JsonNode) Json.MAPPER.readTree(line)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(cluster.uri() + path))
        .timeout(Duration.ofSeconds(20))
        .header("User-Agent", "test/1")
        .header("Authorization", "Bearer " + cluster.token());
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Lets time pass in steps of half a second.
  void pass(Duration time) {
    for (Duration d = Duration.ZERO; d.compareTo(time) < 0; d = d.plusMillis(500)) {
      now = now.plusMillis(500);
      cluster.step();
    }
  }

  /// Lets time pass, at most a minute, until it is so.
  boolean until(BooleanSupplier condition) {
    for (int i = 0; i < 120 && !condition.getAsBoolean(); i++) {
      pass(Duration.ofMillis(500));
    }
    return condition.getAsBoolean();
  }

  /// The names of the objects in a list.
  List<String> names(String path) {
    return get(path)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.at("/metadata/name").asString())
        .toList();
  }

  /// The first pod with the label `app`.
  String pod(String app) {
    return names(PODS + "?labelSelector=app%3D" + app).getFirst();
  }

  /// Makes a Deployment `name` in `shop`, and waits until it is ready.
  void deployment(String name, int replicas, String image) {
    String body =
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
         "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},
          "template":{"metadata":{"labels":{"app":"%1$s"}},
           "spec":{"containers":[{"name":"main","image":"%3$s"}]}}}}
        """
            .formatted(name, replicas, image);
    if (post(DEPLOYMENTS, body).code() != 201
        || !until(() ->
            get(DEPLOYMENTS + "/" + name).at("/status/readyReplicas").equals("" + replicas))) {
      throw new IllegalStateException("no deployment " + name);
    }
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
