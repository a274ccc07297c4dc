package io.github.kubewicket.server.conformance;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Exchange;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Listing;
import io.github.kubewicket.server.protocol.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The tools that the conformance suite calls by name.
final class FixtureTools {
  private static final List<String> PLAIN =
      List.of(
          "test_simple_text",
          "test_image_content",
          "test_audio_content",
          "test_embedded_resource",
          "test_multiple_content_types",
          "test_tool_with_logging",
          "test_logging_tool",
          "test_error_handling",
          "test_tool_with_progress",
          "test_elicitation_sep1034_defaults",
          "test_elicitation_sep1330_enums",
          "test_missing_capability",
          "test_streaming_elicitation",
          "test_trigger_tool_change",
          "test_trigger_prompt_change",
          "test_input_required_result_elicitation",
          "test_input_required_result_sampling",
          "test_input_required_result_list_roots",
          "test_input_required_result_request_state",
          "test_input_required_result_multiple_inputs",
          "test_input_required_result_multi_round",
          "test_input_required_result_tampered_state",
          "test_input_required_result_capabilities");

  private final Consumer<Listing> changed;

  FixtureTools(Consumer<Listing> changed) {
    this.changed = changed;
  }

  static void describe(ArrayNode tools) {
    PLAIN.forEach(name -> tool(tools, name));
    argument(tool(tools, "test_sampling"), "prompt");
    argument(tool(tools, "test_elicitation"), "message");
    Schemas2020.describe(tools);
    CustomHeaders.describe(tools);
  }

  Answer call(Exchange exchange, String tool, JsonNode arguments) throws InterruptedException {
    return switch (tool) {
      case "test_simple_text" ->
          result(Content.text("This is a simple text response for testing."));
      case "test_image_content" -> result(Content.image());
      case "test_audio_content" -> result(Content.audio());
      case "test_embedded_resource" ->
          result(
              Content.resource(
                  "test://embedded-resource",
                  "text/plain",
                  "This is an embedded resource content."));
      case "test_multiple_content_types" ->
          result(
              Content.text("Multiple content types test:"),
              Content.image(),
              Content.resource(
                  "test://mixed-content-resource",
                  "application/json",
                  "{\"test\":\"data\",\"value\":123}"));
      case "test_tool_with_logging", "test_logging_tool" -> logging(exchange);
      case "test_error_handling" -> failed();
      case "test_tool_with_progress" -> progress(exchange);
      case "test_trigger_tool_change" -> change(Listing.TOOLS);
      case "test_trigger_prompt_change" -> change(Listing.PROMPTS);
      case "test_sampling" -> sampling(exchange, arguments.path("prompt").asString(""));
      case "test_elicitation" -> elicitation(exchange, arguments.path("message").asString(""));
      case "test_elicitation_sep1034_defaults" ->
          Elicitations.ask(exchange, Elicitations.defaults());
      case "test_elicitation_sep1330_enums" -> Elicitations.ask(exchange, Elicitations.enums());
      case "test_missing_capability" -> text(exchange, Questions.sample("needed", "Anything.", 10));
      case "test_streaming_elicitation" -> streaming(exchange);
      case "test_input_required_result_multi_round" -> rounds(exchange);
      case "test_input_required_result_capabilities" -> capabilities(exchange);
      case "test_input_required_result_multiple_inputs" ->
          text(
              exchange,
              Questions.elicit("user_name", "What is your name?", "name", "string"),
              Questions.sample("greeting", "Generate a greeting", 50),
              Questions.roots("client_roots"));
      case "test_input_required_result_elicitation" ->
          text(exchange, Questions.elicit("user_name", "What is your name?", "name", "string"));
      case "test_input_required_result_sampling" ->
          text(
              exchange,
              Questions.sample("capital_question", "What is the capital of France?", 100));
      case "test_input_required_result_list_roots" ->
          text(exchange, Questions.roots("client_roots"));
      case "test_input_required_result_request_state",
          "test_input_required_result_tampered_state" ->
          text(exchange, Questions.elicit("confirm", "Please confirm", "ok", "boolean"));
      default -> result(Content.text("done"));
    };
  }

  private static Answer text(Exchange exchange, Question... questions) throws InterruptedException {
    List<JsonNode> answers = exchange.ask(List.of(questions));
    StringBuilder text = new StringBuilder("state-ok");
    answers.forEach(answer -> text.append(' ').append(Json.write(answer)));
    return result(Content.text(text.toString()));
  }

  private static Answer rounds(Exchange exchange) throws InterruptedException {
    JsonNode unused =
        exchange
            .ask(List.of(Questions.elicit("step1", "Step 1: What is your name?", "name", "string")))
            .getFirst();
    return text(
        exchange,
        Questions.elicit("step2", "Step 2: What is your favorite color?", "color", "string"));
  }

  private static Answer capabilities(Exchange exchange) throws InterruptedException {
    List<Question> possible = new ArrayList<>();
    if (exchange.declares("sampling")) {
      possible.add(Questions.sample("sampled", "Say anything.", 10));
    }
    if (exchange.declares("elicitation")) {
      possible.add(Questions.elicit("elicited", "Say anything.", "text", "string"));
    }
    return text(exchange, possible.toArray(Question[]::new));
  }

  private static Answer streaming(Exchange exchange) throws InterruptedException {
    exchange.log("info", JsonNodeFactory.instance.stringNode("about to ask"));
    exchange.progress().report(1, 2, "about to ask");
    return text(exchange, Questions.elicit("asked", "Your name?", "name", "string"));
  }

  private static Answer sampling(Exchange exchange, String prompt) throws InterruptedException {
    JsonNode answer = exchange.ask(List.of(Questions.sample("s", prompt, 100))).getFirst();
    return result(
        Content.text("LLM response: " + answer.path("content").path("text").asString("")));
  }

  private static Answer elicitation(Exchange exchange, String message) throws InterruptedException {
    ObjectNode schema = Questions.object();
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("username").put("type", "string").put("description", "User's response");
    properties.putObject("email").put("type", "string").put("description", "User's email address");
    schema.putArray("required").add("username").add("email");
    JsonNode answer = exchange.ask(List.of(Questions.elicit("e", message, schema))).getFirst();
    return result(Content.text("User response: " + Json.write(answer)));
  }

  private Answer change(Listing listing) {
    changed.accept(listing);
    return result(Content.text("changed"));
  }

  private static Answer logging(Exchange exchange) throws InterruptedException {
    for (String line :
        List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
      exchange.log("info", JsonNodeFactory.instance.stringNode(line));
      Thread.sleep(50);
    }
    return result(Content.text("Logged three lines."));
  }

  private static Answer progress(Exchange exchange) throws InterruptedException {
    for (int done : new int[] {0, 50, 100}) {
      exchange.progress().report(done, 100, "step");
      Thread.sleep(50);
    }
    return result(Content.text("Told three times."));
  }

  private static Answer failed() {
    Answer.Result result =
        result(Content.text("This tool intentionally returns an error for testing"));
    result.body().put("isError", true);
    return result;
  }

  static Answer.Result result(ObjectNode... content) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode list = result.putArray("content");
    for (ObjectNode block : content) {
      list.add(block);
    }
    return new Answer.Result(result.put("isError", false));
  }

  static ObjectNode tool(ArrayNode tools, String name) {
    ObjectNode tool = tools.addObject().put("name", name).put("description", "For tests.");
    ObjectNode schema = Questions.object();
    schema.putObject("properties");
    tool.set("inputSchema", schema);
    return tool;
  }

  private static void argument(ObjectNode tool, String name) {
    ObjectNode schema = (ObjectNode) tool.get("inputSchema");
    schema.withObject("/properties").putObject(name).put("type", "string");
    schema.putArray("required").add(name);
  }
}
