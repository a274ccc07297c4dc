package io.github.kubewicket.server.conformance;

import io.github.kubewicket.server.protocol.Json;
import tools.jackson.databind.node.ArrayNode;

/// A tool whose input schema uses the vocabulary of JSON Schema 2020-12.
final class Schemas2020 {
  private static final String SCHEMA =
      """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
       "$defs":{"address":{"$anchor":"addressDef","type":"object",
         "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
       "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
         "contactMethod":{"type":"string","enum":["phone","email"]},
         "phone":{"type":"string"},"email":{"type":"string"}},
       "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
       "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
       "then":{"required":["phone"]},"else":{"required":["email"]},
       "additionalProperties":false}
      """;

  private Schemas2020() {}

  static void describe(ArrayNode tools) {
    FixtureTools.tool(tools, "json_schema_2020_12_tool").set("inputSchema", Json.read(SCHEMA));
  }
}
