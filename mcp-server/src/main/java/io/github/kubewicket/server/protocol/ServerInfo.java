package io.github.kubewicket.server.protocol;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the server tells a client about itself when they meet.
///
/// @param name the server's name, for machines
/// @param version its version
/// @param instructions how to use the tools together, for the model; every session pays for it
/// @param capabilities what the server can, as `initialize` and `server/discover` say it
public record ServerInfo(
    String name, String version, String instructions, ObjectNode capabilities) {
  /// The name and the version as MCP's `Implementation`.
  ObjectNode implementation() {
    return JsonNodeFactory.instance.objectNode().put("name", name).put("version", version);
  }
}
