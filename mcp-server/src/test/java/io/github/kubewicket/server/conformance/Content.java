package io.github.kubewicket.server.conformance;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Blocks of content.
final class Content {
  private Content() {}

  static ObjectNode text(String text) {
    return block("text").put("text", text);
  }

  static ObjectNode image() {
    return block("image").put("data", Media.PNG).put("mimeType", "image/png");
  }

  static ObjectNode audio() {
    return block("audio").put("data", Media.WAV).put("mimeType", "audio/wav");
  }

  static ObjectNode resource(String uri, String type, String text) {
    ObjectNode block = block("resource");
    block.putObject("resource").put("uri", uri).put("mimeType", type).put("text", text);
    return block;
  }

  private static ObjectNode block(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
