package io.github.kubewicket.server.http;

import java.io.IOException;
import java.util.Optional;

/// What browsers are told about pages of other origins: nothing, unless `http.allowedOrigins` names
/// the page's.
final class Cors {
  private Cors() {}

  /// Lets a page of an allowed origin read the answer.
  static void allow(Optional<String> origin, HostGuard guard, Reply reply) {
    origin
        .filter(guard::mayRead)
        .ifPresent(allowed ->
            reply
                .header("Access-Control-Allow-Origin", allowed)
                .header("Vary", "Origin")
                .header("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate"));
  }

  /// Answers a browser that asks before it calls.
  static void preflight(Optional<String> origin, HostGuard guard, Reply reply) throws IOException {
    if (origin.filter(guard::mayRead).isEmpty()) {
      reply.refuse(403, "Pages of this origin may not call; see http.allowedOrigins.");
      return;
    }
    reply
        .header("Access-Control-Allow-Methods", "POST, GET, DELETE")
        .header(
            "Access-Control-Allow-Headers",
            // The star does not stand for Authorization; it does for Mcp-Param-* of any tool.
            "Authorization, *")
        .header("Access-Control-Max-Age", "600")
        .empty(204);
  }
}
