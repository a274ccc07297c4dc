package io.github.kubewicket.server.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;

/// Builds the API's addresses. Every part that a caller names is percent-encoded, so that no name
/// can reach another address.
final class ApiPaths {
  private ApiPaths() {}

  /// The address of a kind's list, in one namespace or in all.
  static String list(KindInfo kind, Optional<String> namespace) {
    String root =
        kind.group().isEmpty()
            ? "/api/" + segment(kind.version())
            : "/apis/" + segment(kind.group()) + "/" + segment(kind.version());
    return root
        + namespace
            .filter(name -> kind.namespaced())
            .map(name -> "/namespaces/" + segment(name))
            .orElse("")
        + "/"
        + segment(kind.plural());
  }

  /// The address of one object.
  static String object(KindInfo kind, Optional<String> namespace, String name) {
    return list(kind, namespace) + "/" + segment(name);
  }

  /// The address with a query of these names and values, in pairs; empty values are left out.
  static String query(String path, String... pairs) {
    StringJoiner query = new StringJoiner("&");
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].isEmpty()) {
        query.add(pairs[i] + "=" + segment(pairs[i + 1]));
      }
    }
    return query.length() == 0 ? path : path + "?" + query;
  }

  private static String segment(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    // These two would be taken as steps in the path.
    return encoded.equals(".") ? "%2E" : encoded.equals("..") ? "%2E%2E" : encoded;
  }
}
