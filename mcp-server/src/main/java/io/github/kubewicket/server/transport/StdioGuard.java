package io.github.kubewicket.server.transport;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Stands between standard input and the session: bad lines are answered here and hurt nothing, and
/// no request gets through that the session could leave hanging.
final class StdioGuard {
  private final Wire wire;
  private final InFlight inFlight;
  private final ServerInfo info;
  private final Function<Greeting, StdioSession> sessions;
  private @Nullable StdioSession session;
  private boolean ready;

  /// A guard that makes a session once the client is known.
  StdioGuard(
      Wire wire, InFlight inFlight, ServerInfo info, Function<Greeting, StdioSession> sessions) {
    this.wire = wire;
    this.inFlight = inFlight;
    this.info = info;
    this.sessions = sessions;
  }

  /// Takes in every line until the end of input.
  void readAll(Lines lines) throws IOException {
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      take(line.get());
    }
  }

  private void take(Line line) {
    switch (line.kind()) {
      case TOO_LONG ->
          unreadable("The line is longer than " + StdioServer.MAX_LINE_BYTES + " bytes.");
      case NOT_UTF8 -> unreadable("The line is not UTF-8.");
      case TEXT -> {
        if (!line.text().isBlank()) {
          parse(line.text());
        }
      }
    }
  }

  private void parse(String text) {
    JsonNode json;
    try {
      json = Json.read(text);
    } catch (JacksonException e) {
      unreadable("The line is not one JSON text with unique keys.");
      return;
    }
    // Not a switch over the types: its bootstrap costs more than all else before the first reply.
    Message message = Message.of(json, text.length());
    if (message instanceof Message.Request request) {
      request(request);
    } else if (message instanceof Message.Notification notification) {
      notification(notification);
    } else if (message instanceof Message.Invalid invalid) {
      refuse(invalid.id(), invalid.reason());
    }
  }

  private void notification(Message.Notification notification) {
    switch (notification.method()) {
      case "notifications/initialized" -> ready = session != null;
      case "notifications/cancelled" ->
          RequestId.of(notification.params().path("requestId"))
              .flatMap(inFlight::find)
              .ifPresent(Pending::cancel);
      default -> {
        // The others tell of changes on the client's side that nothing here depends on.
      }
    }
  }

  private void request(Message.Request request) {
    switch (request.method()) {
      // Here and not in the session, which lets a ping before `initialized` wait for ever.
      case "ping" -> wire.result(request.id(), JsonNodeFactory.instance.objectNode());
      case "initialize" -> initialize(request);
      // Unknown on purpose: to a client that speaks both eras it says that this is the older one.
      case "server/discover" ->
          wire.error(
              Optional.of(request.id()),
              ErrorCodes.METHOD_NOT_FOUND,
              "Method not found: server/discover; start with initialize.");
      default -> admit(request);
    }
  }

  private void initialize(Message.Request request) {
    if (ready) {
      refuse(Optional.of(request.id()), "This session is initialized already.");
      return;
    }
    Greeting greeting = Greeting.of(request.params(), info);
    wire.result(request.id(), greeting.reply());
    // After the reply and before `initialized`, while the client is busy: Reactor takes its time.
    session = sessions.apply(greeting);
  }

  private void admit(Message.Request request) {
    Optional<RequestId> id = Optional.of(request.id());
    if (session == null || !ready) {
      refuse(id, "Not initialized; send initialize, then notifications/initialized.");
      return;
    }
    StdioSession answering = session;
    Pending pending = new Pending(request, self -> run(answering, self));
    switch (inFlight.admit(pending)) {
      case ADMITTED -> pending.start();
      case DUPLICATE -> refuse(id, "A request with this id is in flight already.");
      case FULL ->
          wire.error(
              id, ErrorCodes.INTERNAL_ERROR, "Too many calls in flight; wait for one to end.");
      case STOPPING -> wire.error(id, ErrorCodes.INTERNAL_ERROR, "The server is stopping.");
    }
  }

  private void run(StdioSession answering, Pending pending) {
    try {
      // A cancel may have come before the thread did.
      if (pending.isOpen()) {
        answering.answer(pending);
      }
    } finally {
      inFlight.ended(pending);
    }
  }

  private void unreadable(String reason) {
    wire.error(Optional.empty(), ErrorCodes.PARSE_ERROR, "Parse error: " + reason);
  }

  private void refuse(Optional<RequestId> id, String reason) {
    wire.error(id, ErrorCodes.INVALID_REQUEST, "Invalid Request: " + reason);
  }
}
