package io.github.kubewicket.server.transport;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What one line of input means: JSON-RPC 2.0 as MCP 2025-11-25 narrows it.
sealed interface Frame {
  /// A request to be answered.
  ///
  /// @param params an object, empty where the request has none
  /// @param bytes about how much of the input it was, for bounds on what is in flight
  record Request(RequestId id, String method, JsonNode params, int bytes) implements Frame {}

  /// `notifications/initialized`.
  record Initialized() implements Frame {}

  /// `notifications/cancelled`: the client no longer waits for this request.
  record Cancelled(RequestId target) implements Frame {}

  /// Nothing to do: a blank line, another notification, or a reply, which nobody waits for because
  /// this server asks nothing.
  record Nothing() implements Frame {}

  /// Not JSON; the reason is a sentence.
  record Unreadable(String reason) implements Frame {}

  /// JSON, and not a message; the reason is a sentence.
  record Invalid(Optional<RequestId> id, String reason) implements Frame {}

  /// Reads a line.
  static Frame of(Line line) {
    return switch (line) {
      case Line.TooLong() ->
          new Unreadable("The line is longer than " + StdioServer.MAX_LINE_BYTES + " bytes.");
      case Line.NotUtf8() -> new Unreadable("The line is not UTF-8.");
      case Line.Text(String text) when text.isBlank() -> new Nothing();
      case Line.Text(String text) -> ofText(text);
    };
  }

  private static Frame ofText(String text) {
    JsonNode message;
    try {
      message = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      return new Unreadable("The line is not one JSON text with unique keys.");
    }
    if (!message.isObject()) {
      return new Invalid(
          Optional.empty(),
          message.isArray()
              ? "Batches are not supported; send one message a line."
              : "A message has to be a JSON object.");
    }
    Optional<RequestId> id = RequestId.of(message.path("id"));
    if (!"2.0".equals(message.path("jsonrpc").asString(null))) {
      return new Invalid(id, "\"jsonrpc\" has to be \"2.0\".");
    }
    if (message.has("method")) {
      return call(message, id, text.length());
    }
    return message.has("id") && (message.has("result") || message.has("error"))
        ? new Nothing()
        : new Invalid(id, "A message needs a \"method\", or is a reply with an \"id\".");
  }

  private static Frame call(JsonNode message, Optional<RequestId> id, int bytes) {
    JsonNode method = message.path("method");
    if (!method.isString()) {
      return new Invalid(id, "\"method\" has to be a text.");
    }
    JsonNode params = message.path("params");
    if (!message.has("id")) {
      return notification(method.asString(), params);
    }
    if (id.isEmpty()) {
      return new Invalid(
          id, "\"id\" has to be a text of at most 256 characters or a whole number.");
    }
    if (!params.isMissingNode() && !params.isObject()) {
      return new Invalid(id, "\"params\" has to be an object.");
    }
    JsonNode given = params.isObject() ? params : JsonNodeFactory.instance.objectNode();
    return new Request(id.get(), method.asString(), given, bytes);
  }

  private static Frame notification(String method, JsonNode params) {
    return switch (method) {
      case "notifications/initialized" -> new Initialized();
      case "notifications/cancelled" ->
          RequestId.of(params.path("requestId")).<Frame>map(Cancelled::new).orElseGet(Nothing::new);
      default -> new Nothing();
    };
  }
}
