package io.github.kubewicket.server.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What every request of 2026-07-28 says about itself in `params._meta`.
///
/// @param version the revision that the request is written in
/// @param client what the client calls itself, untrusted
/// @param capabilities what the client can be asked
/// @param logLevel from which level on it wants log messages; [LogLevel#SILENT] where it wants none
record Meta(String version, String client, JsonNode capabilities, int logLevel) {
  private static final String PREFIX = "io.modelcontextprotocol/";

  /// The member that makes a request one of 2026-07-28.
  private static final String VERSION = PREFIX + "protocolVersion";

  /// Where a server names itself.
  static final String SERVER_INFO = PREFIX + "serverInfo";

  /// What ties a notification to the request that asked for it.
  static final String SUBSCRIPTION = PREFIX + "subscriptionId";

  /// Whether these parameters are of a request of 2026-07-28.
  static boolean isIn(ObjectNode params) {
    return params.path("_meta").has(VERSION);
  }

  /// Reads it; `complete` says whether it is all there.
  static Meta of(ObjectNode params) {
    JsonNode meta = params.path("_meta");
    JsonNode level = meta.path(PREFIX + "logLevel");
    int wanted = level.isString() ? LogLevel.of(level.stringValue()) : LogLevel.SILENT;
    JsonNode version = meta.path(VERSION);
    return new Meta(
        version.isString() ? version.stringValue() : "",
        ClientName.of(meta.path(PREFIX + "clientInfo")),
        meta.path(PREFIX + "clientCapabilities"),
        wanted < 0 ? LogLevel.SILENT : wanted);
  }

  /// Whether what has to be there is there.
  boolean complete() {
    return !version.isEmpty() && capabilities.isObject();
  }
}
