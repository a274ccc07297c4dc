package io.github.kubewicket.server.protocol;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the headers of 2026-07-28 have to say: the same as the body, so that whatever stands
/// between client and server may decide by them.
final class ModernHeaders {
  static final String VERSION = "MCP-Protocol-Version";
  private static final String BASE64 = "=?base64?";
  private static final String BASE64_END = "?=";

  private ModernHeaders() {}

  static Answer.Failure mismatch(String message) {
    return new Answer.Failure(400, Answer.HEADER_MISMATCH, message);
  }

  static Optional<Answer.Failure> wrongVersion(Headers headers, String version) {
    return headers.first(VERSION).orElse("").equals(version)
        ? Optional.empty()
        : Optional.of(mismatch("The header MCP-Protocol-Version differs from the body's version."));
  }

  /// What is wrong with the headers that name the method and its object.
  static Optional<Answer.Failure> wrong(Headers headers, Message.Request request) {
    if (!headers.first("Mcp-Method").orElse("").equals(request.method())) {
      return Optional.of(mismatch("The header Mcp-Method differs from the body's method."));
    }
    String named =
        switch (request.method()) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          default -> "";
        };
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> name = headers.first("Mcp-Name").flatMap(ModernHeaders::decoded);
    JsonNode inBody = request.params().path(named);
    return inBody.isString() && name.filter(inBody.stringValue()::equals).isPresent()
        ? Optional.empty()
        : Optional.of(mismatch("The header Mcp-Name differs from the body's " + named + "."));
  }

  /// What is wrong with the headers that repeat arguments, as the tool's schema asks with
  /// `x-mcp-header`.
  static Optional<Answer.Failure> wrongArguments(
      Headers headers, JsonNode schema, JsonNode arguments) {
    for (var property : schema.path("properties").properties()) {
      JsonNode suffix = property.getValue().path("x-mcp-header");
      if (suffix.isString()) {
        String header = "Mcp-Param-" + suffix.stringValue();
        JsonNode argument = arguments.path(property.getKey());
        if (!same(headers.first(header), argument)) {
          return Optional.of(
              mismatch(
                  "The header "
                      + header
                      + " differs from the argument "
                      + property.getKey()
                      + "."));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean same(Optional<String> header, JsonNode argument) {
    if (argument.isMissingNode() || argument.isNull()) {
      return header.isEmpty();
    }
    Optional<String> value = header.flatMap(ModernHeaders::decoded);
    if (value.isEmpty()) {
      return false;
    }
    if (argument.isNumber()) {
      return sameNumber(value.get(), argument);
    }
    return argument.isString()
        ? argument.stringValue().equals(value.get())
        : Json.write(argument).equals(value.get());
  }

  private static boolean sameNumber(String value, JsonNode argument) {
    try {
      return value.length() <= 40
          && new BigDecimal(value).compareTo(new BigDecimal(Json.write(argument))) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /// A header's text; empty where it says that it is Base64 and is not.
  private static Optional<String> decoded(String value) {
    if (!value.startsWith(BASE64) || !value.endsWith(BASE64_END)) {
      return Optional.of(value);
    }
    String coded = value.substring(BASE64.length(), value.length() - BASE64_END.length());
    // Java's decoder lets padding be left out; the specification does not.
    if (coded.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(coded);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
