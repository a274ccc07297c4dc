package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.call.Calls;
import io.github.kubewicket.server.call.Request;
import io.github.kubewicket.server.catalogue.Field;
import io.github.kubewicket.server.catalogue.Reply;
import io.github.kubewicket.server.catalogue.Tool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tools that are fast, slow, print where they must not, and fail; it remembers its calls.
public final class FakeCalls implements Calls {
  public final List<Request> requests = new CopyOnWriteArrayList<>();
  public final List<String> interrupted = new CopyOnWriteArrayList<>();
  public final List<Tool> listed =
      new CopyOnWriteArrayList<>(
          List.of(
              new FakeTool("fast"),
              new FakeTool("slow", Field.integer("ms", "How long.", 0, 600_000)),
              new FakeTool("printing"),
              new FakeTool("failing")));

  @Override
  public List<Tool> listed(Caller caller) {
    return List.copyOf(listed);
  }

  @Override
  public Reply run(Request request) {
    requests.add(request);
    return switch (request.tool()) {
      case "fast" -> done(request);
      case "slow" -> slow(request);
      case "printing" -> printing(request);
      case "failing" -> throw new IllegalStateException("password=hunter2");
      case "overflowing" -> throw new StackOverflowError();
      default -> refused("TOOL_NOT_ENABLED", "There is no tool " + request.tool() + ".");
    };
  }

  private Reply slow(Request request) {
    long ms = request.arguments().path("ms").asLong(0);
    try {
      request.progress().report(1, 2, "half way");
      Thread.sleep(ms);
      return done(request);
    } catch (InterruptedException e) {
      interrupted.add(request.tool());
      request.progress().report(2, 2, "too late to tell");
      return refused("CANCELLED", "The call was cancelled.");
    }
  }

  private static Reply printing(Request request) {
    System.out.println("{\"a library\":\"that prints\"}");
    System.out.flush();
    return done(request);
  }

  private static Reply done(Request request) {
    ObjectNode structured = JsonNodeFactory.instance.objectNode().put("tool", request.tool());
    return new Reply(request.tool() + " is done", structured, false);
  }

  private static Reply refused(String code, String text) {
    return new Reply(text, JsonNodeFactory.instance.objectNode().put("code", code), true);
  }
}
