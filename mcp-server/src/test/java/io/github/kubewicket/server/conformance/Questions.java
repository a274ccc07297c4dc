package io.github.kubewicket.server.conformance;

import io.github.kubewicket.server.protocol.Question;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the fixture asks the client.
final class Questions {
  private Questions() {}

  /// Asks for one required property of this type.
  static Question elicit(String key, String message, String property, String type) {
    ObjectNode schema = object();
    schema.putObject("properties").putObject(property).put("type", type);
    schema.putArray("required").add(property);
    return elicit(key, message, schema);
  }

  static Question elicit(String key, String message, ObjectNode schema) {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("message", message);
    params.set("requestedSchema", schema);
    return new Question(key, "elicitation/create", params);
  }

  static Question sample(String key, String prompt, int maxTokens) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    ObjectNode message = params.putArray("messages").addObject().put("role", "user");
    message.set("content", Content.text(prompt));
    return new Question(key, "sampling/createMessage", params.put("maxTokens", maxTokens));
  }

  static Question roots(String key) {
    return new Question(key, "roots/list", JsonNodeFactory.instance.objectNode());
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }
}
