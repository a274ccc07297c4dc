package io.github.kubewicket.server.conformance;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Exchange;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The prompts that the conformance suite gets by name.
final class FixturePrompts {
  private FixturePrompts() {}

  static void describe(ArrayNode list) {
    prompt(list, "test_simple_prompt");
    prompt(list, "test_prompt_with_arguments", "arg1", "arg2");
    prompt(list, "test_prompt_with_embedded_resource", "resourceUri");
    prompt(list, "test_prompt_with_image");
    prompt(list, "test_input_required_result_prompt");
  }

  static Answer get(Exchange exchange, String name, ObjectNode arguments)
      throws InterruptedException {
    return switch (name) {
      case "test_simple_prompt" -> messages(Content.text("This is a simple prompt for testing."));
      case "test_prompt_with_arguments" ->
          messages(
              Content.text(
                  "Prompt with arguments: arg1='%s', arg2='%s'"
                      .formatted(
                          arguments.path("arg1").asString(""),
                          arguments.path("arg2").asString(""))));
      case "test_prompt_with_embedded_resource" ->
          messages(
              Content.resource(
                  arguments.path("resourceUri").asString(""),
                  "text/plain",
                  "Embedded resource content for testing."),
              Content.text("Please process the embedded resource above."));
      case "test_prompt_with_image" ->
          messages(Content.image(), Content.text("Please analyze the image above."));
      case "test_input_required_result_prompt" -> {
        JsonNode answer =
            exchange
                .ask(
                    List.of(
                        Questions.elicit(
                            "user_context",
                            "What context should the prompt use?",
                            "context",
                            "string")))
                .getFirst();
        yield messages(
            Content.text("Context: " + answer.path("content").path("context").asString("")));
      }
      default -> Answer.badParams("There is no prompt of this name.");
    };
  }

  private static void prompt(ArrayNode list, String name, String... arguments) {
    ObjectNode prompt = list.addObject().put("name", name).put("description", "For tests.");
    ArrayNode described = prompt.putArray("arguments");
    for (String argument : arguments) {
      described
          .addObject()
          .put("name", argument)
          .put("description", "For tests.")
          .put("required", true);
    }
  }

  private static Answer messages(ObjectNode... contents) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode messages = result.putArray("messages");
    for (ObjectNode content : contents) {
      messages.addObject().put("role", "user").set("content", content);
    }
    return new Answer.Result(result);
  }
}
