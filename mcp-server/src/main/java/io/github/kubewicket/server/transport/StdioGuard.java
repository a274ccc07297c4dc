package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.ClientSession;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.Greeting;
import io.github.kubewicket.server.protocol.InFlight;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Message;
import io.github.kubewicket.server.protocol.Modern;
import io.github.kubewicket.server.protocol.Pending;
import io.github.kubewicket.server.protocol.RequestId;
import io.github.kubewicket.server.protocol.ServerInfo;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Stands between standard input and what answers: bad lines are answered here and hurt nothing, and
/// each request is answered in the era that it is written in. Clients may use both.
final class StdioGuard {
  private final Wire wire;
  private final InFlight inFlight;
  private final ServerInfo info;
  private final Caller caller;
  private final Dispatcher dispatcher;
  private final Modern modern;
  private final StdioListens listens;
  private @Nullable ClientSession session;
  private boolean ready;

  /// A guard that makes a session once a client wants one.
  StdioGuard(
      Wire wire,
      InFlight inFlight,
      ServerInfo info,
      Caller caller,
      Dispatcher dispatcher,
      Modern modern) {
    this.wire = wire;
    this.inFlight = inFlight;
    this.info = info;
    this.caller = caller;
    this.dispatcher = dispatcher;
    this.modern = modern;
    this.listens = new StdioListens(wire, caller, modern);
  }

  /// Takes in every line until the end of input.
  void readAll(Lines lines) throws IOException {
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      take(line.get());
    }
  }

  /// Ends what goes on without a request: nobody hears of changes any more.
  void close() {
    listens.close();
    ClientSession known = session;
    if (known != null) {
      known.close();
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
    } else if (message instanceof Message.Response response && session != null) {
      session.replied(response);
    }
  }

  private void notification(Message.Notification notification) {
    switch (notification.method()) {
      case "notifications/initialized" -> initialized();
      case "notifications/cancelled" ->
          RequestId.of(notification.params().path("requestId")).ifPresent(this::cancel);
      default -> {
        // The others tell of changes on the client's side that nothing here depends on.
      }
    }
  }

  private void initialized() {
    ClientSession known = session;
    if (known != null && !ready) {
      ready = true;
      Thread unused = Thread.ofVirtual().start(known::watchLists);
    }
  }

  private void cancel(RequestId id) {
    inFlight.find(id).ifPresent(Pending::cancel);
    listens.end(id);
  }

  private void request(Message.Request request) {
    if (Modern.speaks(request.params())) {
      modern(request);
      return;
    }
    switch (request.method()) {
      // Here and not in the session, so that it is answered before there is one.
      case "ping" -> wire.result(request.id(), JsonNodeFactory.instance.objectNode());
      case "initialize" -> initialize(request);
      // A client of the newer era says so in each request; to one that does not, this is unknown.
      case "server/discover" ->
          wire.error(
              Optional.of(request.id()),
              new Answer.Failure(
                  404,
                  Answer.METHOD_NOT_FOUND,
                  "Method not found: server/discover without \"_meta\"; start with initialize."));
      default -> legacy(request);
    }
  }

  private void modern(Message.Request request) {
    Optional<Answer.Failure> wrong = modern.wrong(request, Optional.empty());
    if (wrong.isPresent()) {
      wire.error(Optional.of(request.id()), wrong.get());
    } else if (request.method().equals("subscriptions/listen")) {
      listens.begin(request);
    } else {
      admit(
          request, self -> wire.answerOnce(self, modern.answer(self, caller, wire)));
    }
  }

  private void initialize(Message.Request request) {
    if (ready) {
      refuse(Optional.of(request.id()), "This session is initialized already.");
      return;
    }
    Greeting greeting = Greeting.of(request.params(), info);
    wire.result(request.id(), greeting.reply());
    session = new ClientSession(caller, greeting, dispatcher, wire);
  }

  private void legacy(Message.Request request) {
    ClientSession known = session;
    if (known == null || !ready) {
      refuse(
          Optional.of(request.id()),
          "Not initialized; send initialize, then notifications/initialized.");
      return;
    }
    admit(request, self -> wire.answerOnce(self, known.answer(self, caller, wire)));
  }

  private void admit(Message.Request request, Pending.Work work) {
    Optional<RequestId> id = Optional.of(request.id());
    // Not virtual: SQLite waits for its lock in native code, which holds on to the carrier thread.
    Pending pending =
        new Pending(request, Thread.ofPlatform().daemon(), self -> run(self, work));
    switch (inFlight.admit(pending)) {
      case ADMITTED -> pending.start();
      case DUPLICATE -> refuse(id, "A request with this id is in flight already.");
      case FULL -> wire.error(id, Answer.internal("Too many calls in flight; wait for one to end."));
      case STOPPING -> wire.error(id, Answer.internal("The server is stopping."));
    }
  }

  private void run(Pending pending, Pending.Work work) {
    try {
      // A cancel may have come before the thread did.
      if (pending.isOpen()) {
        work.run(pending);
      }
    } finally {
      inFlight.ended(pending);
    }
  }

  private void unreadable(String reason) {
    wire.error(
        Optional.empty(), new Answer.Failure(400, Answer.PARSE_ERROR, "Parse error: " + reason));
  }

  private void refuse(Optional<RequestId> id, String reason) {
    wire.error(
        id, new Answer.Failure(400, Answer.INVALID_REQUEST, "Invalid Request: " + reason));
  }
}
