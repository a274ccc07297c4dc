package io.github.kubewicket.server.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The definitions of one OpenAPI document, each kept as the bytes it came in: a tree of them would
/// take ten times the memory. Read as a stream; the paths, three quarters of the document, are
/// skipped.
final class SchemaDocument {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_BYTES = 12 << 20;
  private static final byte[] KIND_MARK =
      "x-kubernetes-group-version-kind".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, byte[]> definitions = new HashMap<>();
  private final Map<String, String> byKind = new HashMap<>();
  private int bytes;

  private SchemaDocument() {}

  /// Reads an OpenAPI 2 or 3 document.
  static SchemaDocument read(InputStream body) throws IOException {
    SchemaDocument document = new SchemaDocument();
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "definitions", "schemas" -> document.definitions(parser);
          case "components" -> {
            // Its one interesting field, `schemas`, is met as the loop goes on inside.
          }
          default -> parser.skipChildren();
        }
      }
    }
    return document;
  }

  private void definitions(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (bytes > MAX_BYTES) {
        parser.skipChildren();
        continue;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
      try (JsonGenerator generator = JSON.createGenerator(out)) {
        generator.copyCurrentStructure(parser);
      }
      byte[] definition = out.toByteArray();
      bytes += definition.length;
      definitions.put(name, definition);
      if (contains(definition, KIND_MARK)) {
        for (JsonNode kind : parse(definition).path("x-kubernetes-group-version-kind")) {
          byKind.putIfAbsent(
              key(
                  kind.path("group").asString(""),
                  kind.path("version").asString(""),
                  kind.path("kind").asString("")),
              name);
        }
      }
    }
  }

  /// The definition of a kind.
  Optional<JsonNode> of(KindInfo kind) {
    return Optional.ofNullable(byKind.get(key(kind.group(), kind.version(), kind.kind())))
        .flatMap(this::named);
  }

  /// A definition by its name.
  Optional<JsonNode> named(String name) {
    return Optional.ofNullable(definitions.get(name)).map(SchemaDocument::parse);
  }

  /// How much memory it takes, about.
  int bytes() {
    return bytes;
  }

  private static JsonNode parse(byte[] definition) {
    return JSON.readTree(definition);
  }

  private static String key(String group, String version, String kind) {
    return group + "/" + version + "/" + kind;
  }

  private static boolean contains(byte[] text, byte[] word) {
    for (int i = 0; i <= text.length - word.length; i++) {
      int j = 0;
      while (j < word.length && text[i + j] == word[j]) {
        j++;
      }
      if (j == word.length) {
        return true;
      }
    }
    return false;
  }
}
