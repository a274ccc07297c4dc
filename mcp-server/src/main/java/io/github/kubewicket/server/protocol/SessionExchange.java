package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.Progress;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request of a session that began with `initialize`; the client can be asked while it waits.
///
/// @param way where what belongs to this request goes
record SessionExchange(ClientSession session, Caller caller, Pending pending, Outbox way)
    implements Exchange {
  @Override
  public String client() {
    return session.greeting().client();
  }

  @Override
  public Progress progress() {
    return ProgressNotifications.of(pending, way);
  }

  @Override
  public void log(String level, JsonNode data) {
    if (session.wants(level) && pending.isOpen()) {
      ObjectNode params = JsonNodeFactory.instance.objectNode().put("level", level);
      params.set("data", data);
      way.send(Frames.notification("notifications/message", params));
    }
  }

  @Override
  public boolean declares(String capability) {
    return session.declares(capability);
  }

  @Override
  public List<JsonNode> ask(List<Question> questions) throws InterruptedException {
    List<JsonNode> answers = new ArrayList<>();
    for (Question question : questions) {
      if (!declares(question.capability())) {
        throw new CannotAsk(
            question.capability(),
            "The client did not declare " + question.capability() + ", which this needs.");
      }
      answers.add(session.ask(question, way));
    }
    return answers;
  }
}
