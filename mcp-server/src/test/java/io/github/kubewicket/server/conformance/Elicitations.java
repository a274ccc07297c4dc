package io.github.kubewicket.server.conformance;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Exchange;
import io.github.kubewicket.server.protocol.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Forms with defaults and choices.
final class Elicitations {
  private Elicitations() {}

  static Answer ask(Exchange exchange, ObjectNode schema) throws InterruptedException {
    JsonNode answer =
        exchange.ask(List.of(Questions.elicit("form", "Please fill in.", schema))).getFirst();
    return FixtureTools.result(
        Content.text(
            "Elicitation completed: action="
                + answer.path("action").asString("")
                + ", content="
                + Json.write(answer.path("content"))));
  }

  static ObjectNode defaults() {
    ObjectNode schema = Questions.object();
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("name").put("type", "string").put("default", "John Doe");
    properties.putObject("age").put("type", "integer").put("default", 30);
    properties.putObject("score").put("type", "number").put("default", 95.5);
    ObjectNode status = properties.putObject("status").put("type", "string");
    status.putArray("enum").add("active").add("inactive").add("pending");
    status.put("default", "active");
    properties.putObject("verified").put("type", "boolean").put("default", true);
    return schema;
  }

  static ObjectNode enums() {
    ObjectNode schema = Questions.object();
    ObjectNode properties = schema.putObject("properties");
    options(properties.putObject("untitledSingle").put("type", "string"));
    titled(properties.putObject("titledSingle").put("type", "string").putArray("oneOf"));
    ObjectNode old = properties.putObject("legacyEnum").put("type", "string");
    old.putArray("enum").add("opt1").add("opt2").add("opt3");
    old.putArray("enumNames").add("Option One").add("Option Two").add("Option Three");
    options(
        properties
            .putObject("untitledMulti")
            .put("type", "array")
            .putObject("items")
            .put("type", "string"));
    titled(
        properties
            .putObject("titledMulti")
            .put("type", "array")
            .putObject("items")
            .putArray("anyOf"));
    return schema;
  }

  private static void options(ObjectNode schema) {
    schema.putArray("enum").add("option1").add("option2").add("option3");
  }

  private static void titled(ArrayNode choices) {
    choices.addObject().put("const", "value1").put("title", "First Option");
    choices.addObject().put("const", "value2").put("title", "Second Option");
    choices.addObject().put("const", "value3").put("title", "Third Option");
  }
}
