package io.github.kubewicket.demo.http;

import io.github.kubewicket.demo.json.Json;
import io.github.kubewicket.demo.status.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions about permissions. Whoever has the token may do everything.
final class Reviews {
  private Reviews() {}

  static Reply answer(Request request, String resource) {
    if (!request.method().equals("POST")) {
      return Reply.status(Status.methodNotAllowed());
    }
    JsonNode body;
    try {
      body = Json.MAPPER.readTree(request.body());
    } catch (JacksonException e) {
      return Reply.status(Status.badRequest("json parse error: " + e.getOriginalMessage()));
    }
    ObjectNode review = body instanceof ObjectNode object ? object : Json.object();
    return switch (resource) {
      case "selfsubjectaccessreviews" -> {
        Json.child(review, "status").put("allowed", true).put("reason", "the demo allows all");
        yield Reply.json(201, review);
      }
      case "selfsubjectrulesreviews" -> {
        ObjectNode status = Json.child(review, "status");
        ObjectNode rule = status.putArray("resourceRules").addObject();
        for (String field : new String[] {"verbs", "apiGroups", "resources"}) {
          rule.putArray(field).add("*");
        }
        status.putArray("nonResourceRules").addObject().putArray("verbs").add("*");
        Json.objects(status, "nonResourceRules").getFirst().putArray("nonResourceURLs").add("*");
        status.put("incomplete", false);
        yield Reply.json(201, review);
      }
      default -> Reply.status(Status.noSuchPath());
    };
  }
}
