package io.github.kubewicket.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Puts objects into a real cluster for a test and takes them out again.
public final class Seed {
  private Seed() {}

  /// Creates one object.
  ///
  /// @param path of its list, such as `/api/v1/namespaces`
  public static void create(Connection connection, String path, String json) {
    ApiAnswer answer = connection.api().send(request("POST", path, json));
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isBetween(200, 299);
  }

  /// Deletes what is at this path; it does not wait for its end.
  public static void delete(Connection connection, String path) {
    connection.api().send(request("DELETE", path, ""));
  }

  /// A row of a table, as a view hands it out.
  public static Table.Row row(String namespace, String name) {
    return new Table.Row(namespace, name, new String[0]);
  }

  private static ApiRequest request(String method, String path, String json) {
    return new ApiRequest(
        method,
        path,
        ApiRequest.JSON,
        Optional.of(ApiRequest.JSON),
        json.getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(8));
  }
}
