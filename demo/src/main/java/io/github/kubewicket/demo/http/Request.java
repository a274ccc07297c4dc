package io.github.kubewicket.demo.http;

import io.github.kubewicket.demo.status.Cause;
import io.github.kubewicket.demo.status.Outcome;
import io.github.kubewicket.demo.status.Status;
import io.github.kubewicket.demo.write.WriteOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A request that has been read whole.
///
/// @param method in upper case
/// @param path its segments, decoded
/// @param query the first value of each parameter, decoded
/// @param accept the header, or empty
/// @param contentType the header without its parameters, or empty
/// @param userAgent the header, or empty
/// @param body at most 3 MiB
record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    String accept,
    String contentType,
    String userAgent,
    byte[] body) {

  static Request of(
      String method, URI uri, String accept, String contentType, String userAgent, byte[] body) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.putIfAbsent(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    List<String> path =
        Arrays.stream(uri.getRawPath().split("/", -1))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> decode(segment.replace("+", "%2B")))
            .toList();
    String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return new Request(method, path, query, accept, type, userAgent, body);
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return parameter(name).equals("true") || parameter(name).equals("1");
  }

  /// The options of a write; `dryRun` knows only `All`.
  Outcome<WriteOptions> options() {
    String dryRun = parameter("dryRun");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      return Outcome.refused(
          Status.wrongOption(
              switch (method) {
                case "POST" -> "CreateOptions";
                case "PUT" -> "UpdateOptions";
                case "PATCH" -> "PatchOptions";
                default -> "DeleteOptions";
              },
              Cause.unsupported("dryRun", dryRun, List.of("All"))));
    }
    String manager = parameter("fieldManager");
    if (manager.length() > 128) {
      return Outcome.refused(
          Status.badRequest("fieldManager: Too long: may not be more than 128 bytes"));
    }
    String agent = userAgent.split("/", 2)[0];
    return Outcome.done(
        new WriteOptions(
            !dryRun.isEmpty(), !manager.isEmpty() ? manager : agent.isEmpty() ? "unknown" : agent));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
