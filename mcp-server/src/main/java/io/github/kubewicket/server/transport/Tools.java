package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.call.Reply;
import io.github.kubewicket.server.catalogue.ReadTool;
import io.github.kubewicket.server.catalogue.Tool;
import io.github.kubewicket.server.catalogue.WriteTool;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools and replies in the words of MCP.
final class Tools {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Tools() {}

  /// A tool as `tools/list` shows it.
  static McpSchema.Tool described(Tool tool) {
    return McpSchema.Tool.builder(tool.name(), map(tool.input().schema()))
        .title(tool.title())
        .description(tool.description())
        .outputSchema(map(published(tool.outputSchema())))
        .annotations(annotations(tool))
        .build();
  }

  /// A reply as the result of `tools/call`.
  static McpSchema.CallToolResult result(Reply reply) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(reply.text())
        .structuredContent(reply.structured())
        .isError(reply.error())
        .build();
  }

  /// The output schema as clients check it. The TypeScript SDK (1.32) holds the structure of a
  /// refusal against it too, so it has to admit refusals, which have a `code` instead.
  private static ObjectNode published(ObjectNode schema) {
    ObjectNode open = schema.deepCopy();
    open.remove("additionalProperties");
    JsonNode required = open.remove("required");
    if (required != null) {
      var either = open.putArray("anyOf");
      either.addObject().set("required", required);
      either.addObject().putArray("required").add("code");
    }
    return open;
  }

  /// All four hints, since their defaults differ between clients. The world is open: what a cluster
  /// answers was written by others.
  private static McpSchema.ToolAnnotations annotations(Tool tool) {
    boolean writes =
        switch (tool) {
          case ReadTool<?> _ -> false;
          case WriteTool<?> _ -> true;
        };
    return McpSchema.ToolAnnotations.builder()
        .readOnlyHint(!writes)
        .destructiveHint(writes)
        .idempotentHint(tool.idempotent())
        .openWorldHint(true)
        .build();
  }

  static List<McpSchema.Tool> described(List<Tool> tools) {
    return tools.stream().map(Tools::described).toList();
  }

  private static Map<String, Object> map(ObjectNode schema) {
    return Json.MAPPER.convertValue(schema, MAP);
  }
}
