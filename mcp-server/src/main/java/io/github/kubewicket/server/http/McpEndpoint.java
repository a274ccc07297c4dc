package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Greeting;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Message;
import io.github.kubewicket.server.protocol.Modern;
import io.github.kubewicket.server.protocol.ServerInfo;
import io.github.kubewicket.server.protocol.Versions;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `/mcp`: Streamable HTTP, each request in the era that it is written in.
final class McpEndpoint {
  static final String SESSION = "Mcp-Session-Id";

  private static final String VERSION = "MCP-Protocol-Version";

  private final ServerInfo info;
  private final HttpSessions sessions;
  private final Streams streams;
  private final ModernEndpoint modern;
  private final Requests requests;
  private final ByteBudget bytes;

  McpEndpoint(
      ServerInfo info,
      HttpSessions sessions,
      Streams streams,
      ModernEndpoint modern,
      Requests requests,
      ByteBudget bytes) {
    this.info = info;
    this.sessions = sessions;
    this.streams = streams;
    this.modern = modern;
    this.requests = requests;
    this.bytes = bytes;
  }

  /// Answers one HTTP request.
  void handle(Incoming incoming, Reply reply) throws IOException, InterruptedException {
    switch (incoming.request().getMethod()) {
      case "POST" -> post(incoming, reply);
      case "GET" -> listen(incoming, reply);
      case "DELETE" -> delete(incoming, reply);
      default -> reply.header("Allow", "POST, GET, DELETE").refuse(405, "Use POST, GET or DELETE.");
    }
  }

  private void post(Incoming incoming, Reply reply) throws IOException, InterruptedException {
    if (!incoming.isJson()) {
      reply.refuse(415, "The Content-Type has to be application/json.");
      return;
    }
    if (!incoming.accepts("application/json") && !incoming.accepts("text/event-stream")) {
      reply.refuse(406, "The client has to accept application/json and text/event-stream.");
      return;
    }
    try (ByteBudget.Held held = bytes.hold(incoming.caller().name())) {
      switch (Body.of(incoming.request(), held::upTo)) {
        case Body.Unusable(int status, String message) -> reply.refuse(status, message);
        case Body.Text(String text) -> post(text, incoming, reply);
      }
    }
  }

  private void post(String text, Incoming incoming, Reply reply)
      throws IOException, InterruptedException {
    JsonNode json;
    try {
      json = Json.read(text);
    } catch (JacksonException e) {
      reply.failure(
          Optional.empty(),
          new Answer.Failure(
              400,
              Answer.PARSE_ERROR,
              "Parse error: the body is not one JSON text with unique keys."));
      return;
    }
    switch (Message.of(json, text.length())) {
      case Message.Request request -> request(request, incoming, reply);
      case Message.Notification notification -> {
        if (known(incoming, reply) instanceof Known(HttpSession session)) {
          session.client().notified(notification);
          reply.empty(202);
        }
      }
      case Message.Response response -> {
        if (known(incoming, reply) instanceof Known(HttpSession session)) {
          session.client().replied(response);
          reply.empty(202);
        }
      }
      case Message.Invalid(var id, String reason) ->
          reply.failure(
              id, new Answer.Failure(400, Answer.INVALID_REQUEST, "Invalid Request: " + reason));
    }
  }

  private void request(Message.Request request, Incoming incoming, Reply reply)
      throws IOException, InterruptedException {
    if (isModern(request, incoming)) {
      modern.handle(request, incoming, reply);
    } else if (request.method().equals("initialize")) {
      initialize(request, incoming, reply);
    } else if (known(incoming, reply) instanceof Known(HttpSession session)) {
      requests.answer(
          request,
          incoming,
          reply,
          Optional.of(session.client().inFlight()),
          (pending, way) -> session.client().answer(pending, incoming.caller(), way));
    }
  }

  /// The era of a request. `initialize` is of the older one whatever a header says, and a revision
  /// that nobody knows is answered by the newer one, which has an error for it.
  private static boolean isModern(Message.Request request, Incoming incoming) {
    return Modern.speaks(request.params())
        || (!request.method().equals("initialize")
            && incoming.first(VERSION).filter(version -> !Versions.isLegacy(version)).isPresent());
  }

  private void initialize(Message.Request request, Incoming incoming, Reply reply)
      throws IOException {
    Greeting greeting = Greeting.of(request.params(), info);
    Optional<HttpSession> session = sessions.begin(incoming.caller(), greeting);
    if (session.isEmpty()) {
      reply
          .header("Retry-After", "60")
          .failure(
              Optional.of(request.id()),
              new Answer.Failure(
                  503, Answer.INTERNAL_ERROR, "There are too many sessions; try again later."));
      return;
    }
    CallReply.finish(
        request.id(),
        new Answer.Result(greeting.reply()),
        reply.header(SESSION, session.get().id()));
  }

  private void listen(Incoming incoming, Reply reply) throws IOException, InterruptedException {
    if (incoming.first(SESSION).isEmpty()) {
      reply.header("Allow", "POST").refuse(405, "Only a session has a stream to GET; use POST.");
    } else if (!incoming.accepts("text/event-stream")) {
      reply.refuse(406, "The client has to accept text/event-stream.");
    } else if (known(incoming, reply) instanceof Known(HttpSession session)) {
      streams.serve(session, incoming.caller(), reply);
    }
  }

  private void delete(Incoming incoming, Reply reply) throws IOException {
    if (known(incoming, reply) instanceof Known(HttpSession session)) {
      sessions.end(session.id());
      reply.empty(204);
    }
  }

  private sealed interface Found {}

  private record Known(HttpSession session) implements Found {}

  private record Answered() implements Found {}

  /// The session that a request names; where there is none, that is the answer.
  private Found known(Incoming incoming, Reply reply) throws IOException {
    Optional<String> id = incoming.first(SESSION);
    if (id.isEmpty()) {
      reply.refuse(400, "The header Mcp-Session-Id is missing; start with initialize.");
      return new Answered();
    }
    Optional<HttpSession> session = sessions.find(id.get(), incoming.caller());
    if (session.isEmpty()) {
      reply.refuse(404, "There is no such session; start anew with initialize.");
      return new Answered();
    }
    return new Known(session.get());
  }
}
