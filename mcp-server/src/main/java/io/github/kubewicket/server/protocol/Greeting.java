package io.github.kubewicket.server.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `initialize`: who meets, and which revision they speak.
///
/// @param version the revision agreed upon
/// @param client what the client calls itself, untrusted and made printable
/// @param capabilities what the client declared
/// @param reply the result
public record Greeting(String version, String client, JsonNode capabilities, ObjectNode reply) {
  /// Answers the parameters of `initialize`. A client that says nothing of itself is served all the
  /// same.
  public static Greeting of(JsonNode params, ServerInfo info) {
    String asked = params.path("protocolVersion").asString("");
    String version = Versions.isLegacy(asked) ? asked : Versions.LEGACY.getLast();
    ObjectNode reply = JsonNodeFactory.instance.objectNode().put("protocolVersion", version);
    reply.set("capabilities", info.capabilities());
    reply.set("serverInfo", info.implementation());
    reply.put("instructions", info.instructions());
    return new Greeting(
        version, ClientName.of(params.path("clientInfo")), params.path("capabilities"), reply);
  }
}
