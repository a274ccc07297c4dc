package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.Progress;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request of 2026-07-28; the client answers questions by repeating it.
///
/// @param answers what the client has answered so far, by key
/// @param way where what belongs to this request goes
record ModernExchange(Meta meta, Caller caller, Pending pending, Outbox way, ObjectNode answers)
    implements Exchange {
  @Override
  public String client() {
    return meta.client();
  }

  @Override
  public Progress progress() {
    return ProgressNotifications.of(pending, way);
  }

  @Override
  public void log(String level, JsonNode data) {
    if (LogLevel.of(level) >= meta.logLevel() && pending.isOpen()) {
      ObjectNode params = JsonNodeFactory.instance.objectNode().put("level", level);
      params.set("data", data);
      way.send(Frames.notification("notifications/message", params));
    }
  }

  @Override
  public boolean declares(String capability) {
    return meta.capabilities().path(capability).isObject();
  }

  @Override
  public List<JsonNode> ask(List<Question> questions) {
    ObjectNode open = JsonNodeFactory.instance.objectNode();
    List<JsonNode> given = new ArrayList<>();
    for (Question question : questions) {
      if (!declares(question.capability())) {
        throw new CannotAsk(
            question.capability(),
            "The client did not declare " + question.capability() + ", which this needs.");
      }
      JsonNode answer = answers.path(question.key());
      if (answer.isObject()) {
        given.add(answer);
      } else {
        ObjectNode asked = open.putObject(question.key()).put("method", question.method());
        asked.set("params", question.params());
      }
    }
    if (!open.isEmpty()) {
      throw new InputNeeded(open);
    }
    return given;
  }
}
