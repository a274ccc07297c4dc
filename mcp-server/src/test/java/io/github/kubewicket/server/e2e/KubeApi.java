package io.github.kubewicket.server.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.github.kubewicket.server.testing.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real API server, as the tests themselves talk to it: with an administrator's rights, past
/// Kubewicket.
final class KubeApi {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client;
  private final Config config;

  private KubeApi(Config config) throws GeneralSecurityException, IOException {
    this.config = config;
    this.client =
        HttpClient.newBuilder()
            .sslContext(SSLUtils.sslContext(config))
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  static KubeApi connect() {
    try {
      return new KubeApi(Config.fromKubeconfig(TestCluster.kubeconfig().toFile()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the kubeconfig of the test cluster cannot be used", e);
    }
  }

  /// Sends one request and hands on whatever comes back.
  HttpResponse<InputStream> send(
      String method, String pathAndQuery, Map<String, String> headers, byte[] body) {
    String base = config.getMasterUrl().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    Optional.ofNullable(config.getAutoOAuthToken())
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IllegalStateException("the API server does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The object, if it is there.
  Optional<JsonNode> find(String path) {
    Answer answer = answer("GET", path, "application/json", "");
    if (answer.status == 404) {
      return Optional.empty();
    }
    return Optional.of(answer.orFail("GET", path));
  }

  JsonNode get(String path) {
    return answer("GET", path, "application/json", "").orFail("GET", path);
  }

  /// What is there, as it is.
  String text(String path) {
    return answer("GET", path, "text/plain", "").body();
  }

  /// Creates the object that the YAML describes.
  JsonNode create(String path, String yaml) {
    return answer("POST", path, "application/yaml", yaml).orFail("POST", path);
  }

  JsonNode mergePatch(String path, String json) {
    return answer("PATCH", path, "application/merge-patch+json", json).orFail("PATCH", path);
  }

  /// Deletes the object without waiting for its end; that it is gone already is fine.
  void delete(String path) {
    Answer answer = answer("DELETE", path, "application/json", "");
    if (answer.status != 404) {
      answer.orFail("DELETE", path);
    }
  }

  private record Answer(int status, String body) {
    JsonNode orFail(String method, String path) {
      if (status >= 400) {
        throw new IllegalStateException(method + " " + path + ": " + status + " " + body);
      }
      return JSON.readTree(body);
    }
  }

  private Answer answer(String method, String path, String type, String body) {
    Map<String, String> headers =
        body.isEmpty()
            ? Map.of("Accept", type)
            : Map.of("Accept", "application/json", "Content-Type", type);
    HttpResponse<InputStream> response =
        send(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
    try (InputStream in = response.body()) {
      return new Answer(
          response.statusCode(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the API server's answer broke off", e);
    }
  }
}
