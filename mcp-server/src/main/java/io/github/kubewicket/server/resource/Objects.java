package io.github.kubewicket.server.resource;

import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.offer.ResourceAnswer;
import io.github.kubewicket.server.offer.ResourceText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects as `get_resource` shows them: redacted, pruned, with owners and recent events, as JSON.
final class Objects {
  static final String TYPE = "application/json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Objects() {}

  /// One object.
  ///
  /// @param uri as it was asked for
  /// @param budget bytes
  static ResourceAnswer read(Address.OfObject address, String uri, Asked asked, int budget) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("kind", address.kind());
    arguments.put("name", address.name());
    address.namespace().ifPresent(namespace -> arguments.put("namespace", namespace));
    Reply reply = asked.tool("get_resource", arguments);
    if (reply.error()) {
      return Asked.refused(reply);
    }
    boolean namespaced = reply.structured().path("object").path("metadata").has("namespace");
    if (address.namespace().isPresent() && !namespaced && whole(reply)) {
      // One object has one address.
      return new ResourceAnswer.Missing(
          "Objects of this kind live in no namespace; put - where the namespace stands.");
    }
    return new ResourceAnswer.Found(new ResourceText(uri, TYPE, text(reply, budget)));
  }

  /// Whether the object's own namespace, where it has one, can be seen.
  private static boolean whole(Reply reply) {
    JsonNode metadata = reply.structured().path("object").path("metadata");
    return metadata.path("name").isString() && !metadata.has("…");
  }

  private static String text(Reply reply, int budget) {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("summary", reply.text());
    all.setAll(reply.structured());
    String text = JSON.writeValueAsString(all);
    return text.getBytes(StandardCharsets.UTF_8).length <= budget
        ? text
        : JSON.writeValueAsString(reply.structured());
  }
}
