package io.github.kubewicket.server.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/// Headers that decide something, sent twice. Only the first would be read here, and what stands
/// between client and server may have read the other one.
final class RepeatedHeaders {
  private static final Set<String> ONCE = Set.of("authorization", "origin", "content-type");

  private RepeatedHeaders() {}

  /// Whether a request has one.
  static boolean in(Request request) {
    Set<String> seen = new HashSet<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if ((name.startsWith("mcp-") || ONCE.contains(name)) && !seen.add(name)) {
        return true;
      }
    }
    return false;
  }
}
