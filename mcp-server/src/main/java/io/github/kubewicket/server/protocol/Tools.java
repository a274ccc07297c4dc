package io.github.kubewicket.server.protocol;

import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tools and replies in the words of MCP, as trees: the SDK's records hold schemas as maps, and
/// writing them costs introspection that trees do not need.
public final class Tools {
  private Tools() {}

  /// The result of `tools/list`.
  public static ObjectNode list(List<Tool> tools) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode list = result.putArray("tools");
    for (Tool tool : tools) {
      ObjectNode described = list.addObject();
      described.put("name", tool.name());
      described.put("title", tool.title());
      described.put("description", tool.description());
      described.set("inputSchema", tool.input().schema());
      described.set("outputSchema", published(tool.outputSchema()));
      described.set("annotations", annotations(tool));
    }
    return result;
  }

  /// The result of `tools/call`.
  public static ObjectNode result(Reply reply) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putArray("content").addObject().put("type", "text").put("text", reply.text());
    result.set("structuredContent", reply.structured());
    return result.put("isError", reply.error());
  }

  /// The output schema as clients check it. The TypeScript SDK (1.32) holds the structure of a
  /// refusal against it too, so it has to admit refusals, which have a `code` instead.
  private static ObjectNode published(ObjectNode schema) {
    ObjectNode open = schema.deepCopy();
    open.remove("additionalProperties");
    JsonNode required = open.remove("required");
    if (required != null) {
      ArrayNode either = open.putArray("anyOf");
      either.addObject().set("required", required);
      either.addObject().putArray("required").add("code");
    }
    return open;
  }

  /// All four hints, since clients differ in what they assume. The world is open: what a cluster
  /// answers was written by others.
  private static ObjectNode annotations(Tool tool) {
    boolean reads = !(tool instanceof WriteTool<?>);
    return JsonNodeFactory.instance
        .objectNode()
        .put("readOnlyHint", reads)
        .put("destructiveHint", !reads)
        .put("idempotentHint", tool.idempotent())
        .put("openWorldHint", true);
  }
}
