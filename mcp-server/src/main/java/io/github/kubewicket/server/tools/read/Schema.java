package io.github.kubewicket.server.tools.read;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Output schemas: an answer, or the refusal that any call may end in.
final class Schema {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Schema() {}

  /// An object with these properties, of which an answer has `required`; a refusal has a decision
  /// and a code instead.
  ///
  /// @param properties a JSON object
  static ObjectNode answer(String properties, String required) {
    return (ObjectNode)
        JSON.readTree(
            """
            {"type":"object","properties":%s,"anyOf":[{"required":["%s"]},{"required":["decision","code"]}]}
            """
                .formatted(properties, required));
  }
}
