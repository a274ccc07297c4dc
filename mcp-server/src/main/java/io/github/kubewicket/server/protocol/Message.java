package io.github.kubewicket.server.protocol;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a client sends: JSON-RPC 2.0 as MCP narrows it.
public sealed interface Message {
  /// A request to be answered.
  ///
  /// @param params an object, empty where the request has none
  /// @param bytes about how much of the input it was, for the bound on what is in flight
  record Request(RequestId id, String method, ObjectNode params, int bytes) implements Message {}

  /// A notification; `params` is an object, empty where it has none.
  record Notification(String method, ObjectNode params) implements Message {}

  /// A reply to a question of the server's.
  ///
  /// @param body the whole message, with its `result` or `error`
  record Response(RequestId id, ObjectNode body) implements Message {}

  /// What is no message; the reason is a sentence.
  record Invalid(Optional<RequestId> id, String reason) implements Message {}

  /// Reads one JSON text of so many bytes.
  public static Message of(JsonNode json, int bytes) {
    if (!json.isObject()) {
      return new Invalid(
          Optional.empty(),
          json.isArray()
              ? "Batches are not supported; send one message a line."
              : "A message has to be a JSON object.");
    }
    Optional<RequestId> id = RequestId.of(json.path("id"));
    if (!"2.0".equals(json.path("jsonrpc").asString(null))) {
      return new Invalid(id, "\"jsonrpc\" has to be \"2.0\".");
    }
    if (json.has("method")) {
      return call(json, id, bytes);
    }
    return id.isPresent()
            && (json.has("result") || json.has("error"))
            && json instanceof ObjectNode body
        ? new Response(id.get(), body)
        : new Invalid(id, "A message needs a \"method\", or is a reply with an \"id\".");
  }

  private static Message call(JsonNode json, Optional<RequestId> id, int bytes) {
    JsonNode method = json.path("method");
    if (!method.isString()) {
      return new Invalid(id, "\"method\" has to be a text.");
    }
    if (json.has("params") && !json.path("params").isObject()) {
      return new Invalid(id, "\"params\" has to be an object.");
    }
    ObjectNode params =
        json.get("params") instanceof ObjectNode given
            ? given
            : JsonNodeFactory.instance.objectNode();
    if (!json.has("id")) {
      return new Notification(method.asString(), params);
    }
    return id.isPresent()
        ? new Request(id.get(), method.asString(), params, bytes)
        : new Invalid(id, "\"id\" has to be a text of at most 256 characters or a whole number.");
  }
}
