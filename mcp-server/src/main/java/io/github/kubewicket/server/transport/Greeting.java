package io.github.kubewicket.server.transport;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `initialize`: who meets, and which revision they speak. Answered as a tree and without the SDK's
/// session, since a client waits for it, and Reactor and the introspection of the SDK's records
/// would double the time that takes.
///
/// @param client the client by its own account, untrusted
/// @param reply the result
record Greeting(McpSchema.Implementation client, ObjectNode reply) {
  /// Oldest first; the last is offered to a client that asks for one that is not here.
  private static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2024_11_05,
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  /// Answers the parameters of `initialize`. A client that says nothing of itself is served all the
  /// same.
  static Greeting of(JsonNode params, ServerInfo info) {
    String asked = params.path("protocolVersion").asString("");
    ObjectNode reply =
        JsonNodeFactory.instance
            .objectNode()
            .put("protocolVersion", VERSIONS.contains(asked) ? asked : VERSIONS.getLast());
    // No notification when the list changes: it is asked for anew in every session.
    reply.putObject("capabilities").putObject("tools").put("listChanged", false);
    reply.putObject("serverInfo").put("name", info.name()).put("version", info.version());
    reply.put("instructions", info.instructions());
    JsonNode client = params.path("clientInfo");
    return new Greeting(
        McpSchema.Implementation.builder(
                client.path("name").asString("unknown"), client.path("version").asString("unknown"))
            .build(),
        reply);
  }
}
