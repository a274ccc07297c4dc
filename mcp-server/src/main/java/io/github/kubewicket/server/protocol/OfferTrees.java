package io.github.kubewicket.server.protocol;

import io.github.kubewicket.server.offer.Completion;
import io.github.kubewicket.server.offer.Prompt;
import io.github.kubewicket.server.offer.PromptAnswer;
import io.github.kubewicket.server.offer.PromptArgument;
import io.github.kubewicket.server.offer.Resource;
import io.github.kubewicket.server.offer.ResourceTemplate;
import io.github.kubewicket.server.offer.ResourceText;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Resources, prompts and completions in the words of MCP, as trees.
final class OfferTrees {
  private OfferTrees() {}

  static ObjectNode resources(List<Resource> resources) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode list = result.putArray("resources");
    for (Resource resource : resources) {
      list.addObject()
          .put("uri", resource.uri())
          .put("name", resource.name())
          .put("title", resource.title())
          .put("description", resource.description())
          .put("mimeType", resource.mimeType());
    }
    return result;
  }

  static ObjectNode templates(List<ResourceTemplate> templates) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode list = result.putArray("resourceTemplates");
    for (ResourceTemplate template : templates) {
      list.addObject()
          .put("uriTemplate", template.uriTemplate())
          .put("name", template.name())
          .put("title", template.title())
          .put("description", template.description())
          .put("mimeType", template.mimeType());
    }
    return result;
  }

  static ObjectNode contents(ResourceText text) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result
        .putArray("contents")
        .addObject()
        .put("uri", text.uri())
        .put("mimeType", text.mimeType())
        .put("text", text.text());
    return result;
  }

  static ObjectNode prompts(List<Prompt> prompts) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode list = result.putArray("prompts");
    for (Prompt prompt : prompts) {
      ObjectNode described =
          list.addObject()
              .put("name", prompt.name())
              .put("title", prompt.title())
              .put("description", prompt.description());
      ArrayNode arguments = described.putArray("arguments");
      for (PromptArgument argument : prompt.arguments()) {
        arguments
            .addObject()
            .put("name", argument.name())
            .put("title", argument.title())
            .put("description", argument.description())
            .put("required", argument.required());
      }
    }
    return result;
  }

  static ObjectNode messages(PromptAnswer.Messages messages) {
    ObjectNode result =
        JsonNodeFactory.instance.objectNode().put("description", messages.description());
    ArrayNode list = result.putArray("messages");
    for (String text : messages.userTexts()) {
      ObjectNode message = list.addObject().put("role", "user");
      message.putObject("content").put("type", "text").put("text", text);
    }
    return result;
  }

  static ObjectNode completion(Completion completion) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ObjectNode body = result.putObject("completion");
    ArrayNode values = body.putArray("values");
    completion.values().forEach(values::add);
    body.put("total", completion.total()).put("hasMore", completion.hasMore());
    return result;
  }
}
