package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/// One HTTP request of a caller who is known.
///
/// @param caller who asks
record Incoming(Request request, Caller caller) implements Headers {
  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(request.getHeaders().get(name)).map(String::strip);
  }

  /// Whether the client takes answers of this type.
  boolean accepts(String type) {
    List<String> values = request.getHeaders().getValuesList("Accept");
    if (values.isEmpty()) {
      return true;
    }
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String value : values) {
      for (String part : value.split(",", -1)) {
        String range = part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (range.equals(type) || range.equals(family) || range.equals("*/*")) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether the body is said to be JSON: a page cannot say so without asking the browser first.
  boolean isJson() {
    return first("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }
}
