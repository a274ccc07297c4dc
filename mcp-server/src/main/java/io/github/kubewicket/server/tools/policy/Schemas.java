package io.github.kubewicket.server.tools.policy;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the schemas that tools write as text.
final class Schemas {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Schemas() {}

  static ObjectNode read(String schema) {
    return (ObjectNode) JSON.readTree(schema);
  }
}
