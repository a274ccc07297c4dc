package io.github.kubewicket.server.protocol;

import tools.jackson.databind.JsonNode;

/// What a client calls itself, as it may be shown and recorded.
final class ClientName {
  private static final int MAX = 200;

  private ClientName() {}

  /// Name and version out of MCP's `Implementation`; `unknown` where it says nothing.
  static String of(JsonNode implementation) {
    String name = text(implementation, "name") + "/" + text(implementation, "version");
    String printable = name.codePoints().anyMatch(ClientName::odd) ? masked(name) : name;
    return printable.length() <= MAX ? printable : printable.substring(0, MAX);
  }

  private static String text(JsonNode implementation, String field) {
    JsonNode value = implementation.path(field);
    return value.isString() ? value.stringValue() : "unknown";
  }

  private static boolean odd(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static String masked(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints().map(point -> odd(point) ? '?' : point).forEach(text::appendCodePoint);
    return text.toString();
  }
}
