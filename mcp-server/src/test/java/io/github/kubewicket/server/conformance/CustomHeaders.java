package io.github.kubewicket.server.conformance;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool with arguments that are repeated in headers.
final class CustomHeaders {
  private CustomHeaders() {}

  static void describe(ArrayNode tools) {
    ObjectNode schema =
        (ObjectNode) FixtureTools.tool(tools, "test_custom_headers").get("inputSchema");
    ObjectNode properties = schema.withObject("/properties");
    properties.putObject("region").put("type", "string").put("x-mcp-header", "Region");
    properties.putObject("priority").put("type", "integer").put("x-mcp-header", "Priority");
    schema.putArray("required").add("region");
  }
}
