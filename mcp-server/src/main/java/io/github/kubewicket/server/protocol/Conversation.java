package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A conversation with one client over a pair of streams: texts come in one by one, frames go out
/// whole. Bad texts are answered and hurt nothing, and each request is answered in the era that it
/// is written in; clients may use both. Texts are taken in by one thread at a time.
public final class Conversation {
  private final Outbox wire;
  private final InFlight inFlight;
  private final ServerInfo info;
  private final Caller caller;
  private final Dispatcher dispatcher;
  private final Modern modern;
  private final Listens listens;
  private final Supplier<Thread.Builder> threads;
  private final Door door;
  private @Nullable ClientSession session;
  private boolean ready;

  /// A conversation that makes a session once its client wants one.
  ///
  /// @param wire where frames go
  /// @param inFlight bounds the requests under way, and knows when none is left
  /// @param caller whose conversation it is
  /// @param threads makes the thread of each request
  /// @param door what requests pass besides `inFlight`
  public Conversation(
      Outbox wire,
      InFlight inFlight,
      ServerInfo info,
      Caller caller,
      Dispatcher dispatcher,
      Modern modern,
      Supplier<Thread.Builder> threads,
      Door door) {
    this.wire = wire;
    this.inFlight = inFlight;
    this.info = info;
    this.caller = caller;
    this.dispatcher = dispatcher;
    this.modern = modern;
    this.threads = threads;
    this.door = door;
    this.listens = new Listens(wire, modern);
  }

  /// Ends what goes on without a request: nobody hears of changes any more.
  public void close() {
    listens.close();
    ClientSession known = session;
    if (known != null) {
      known.close();
    }
  }

  /// Takes one JSON text in.
  public void take(String text) {
    take(text, caller);
  }

  /// Takes one JSON text in.
  ///
  /// @param asking who sends it: the conversation's caller, with the credential that it has now
  public void take(String text, Caller asking) {
    JsonNode json;
    try {
      json = Json.read(text);
    } catch (JacksonException e) {
      unreadable("it is not one JSON text with unique keys.");
      return;
    }
    // Not a switch over the types: its bootstrap costs more than all else before the first reply.
    Message message = Message.of(json, text.length());
    if (message instanceof Message.Request request) {
      request(request, asking);
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

  private void request(Message.Request request, Caller asking) {
    if (Modern.speaks(request.params())) {
      modern(request, asking);
      return;
    }
    switch (request.method()) {
      // Here and not in the session, so that it is answered before there is one.
      case "ping" -> result(request.id(), JsonNodeFactory.instance.objectNode());
      case "initialize" -> initialize(request);
      // A client of the newer era says so in each request; to one that does not, this is unknown.
      case "server/discover" ->
          error(
              Optional.of(request.id()),
              new Answer.Failure(
                  404,
                  Answer.METHOD_NOT_FOUND,
                  "Method not found: server/discover without \"_meta\"; start with initialize."));
      default -> legacy(request, asking);
    }
  }

  private void modern(Message.Request request, Caller asking) {
    Optional<Answer.Failure> wrong = modern.wrong(request, Optional.empty());
    if (wrong.isPresent()) {
      error(Optional.of(request.id()), wrong.get());
    } else if (request.method().equals("subscriptions/listen")) {
      listens.begin(request, asking);
    } else {
      admit(request, self -> answerOnce(self, modern.answer(self, asking, wire)));
    }
  }

  private void initialize(Message.Request request) {
    if (ready) {
      refuse(Optional.of(request.id()), "This session is initialized already.");
      return;
    }
    Greeting greeting = Greeting.of(request.params(), info);
    result(request.id(), greeting.reply());
    session = new ClientSession(caller, greeting, dispatcher, wire);
  }

  private void legacy(Message.Request request, Caller asking) {
    ClientSession known = session;
    if (known == null || !ready) {
      refuse(
          Optional.of(request.id()),
          "Not initialized; send initialize, then notifications/initialized.");
      return;
    }
    admit(request, self -> answerOnce(self, known.answer(self, asking, wire)));
  }

  private void admit(Message.Request request, Pending.Work work) {
    Optional<RequestId> id = Optional.of(request.id());
    Pending pending = new Pending(request, threads.get(), self -> run(self, work));
    switch (inFlight.admit(pending)) {
      case ADMITTED -> {
        if (door.enter()) {
          pending.start();
        } else {
          inFlight.ended(pending);
          error(id, Answer.internal("Too many calls in flight; wait for one to end."));
        }
      }
      case DUPLICATE -> refuse(id, "A request with this id is in flight already.");
      case FULL -> error(id, Answer.internal("Too many calls in flight; wait for one to end."));
      case STOPPING -> error(id, Answer.internal("The server is stopping."));
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
      door.leave();
    }
  }

  /// Says that a text could not be read at all.
  public void unreadable(String reason) {
    error(Optional.empty(), new Answer.Failure(400, Answer.PARSE_ERROR, "Parse error: " + reason));
  }

  private void refuse(Optional<RequestId> id, String reason) {
    error(id, new Answer.Failure(400, Answer.INVALID_REQUEST, "Invalid Request: " + reason));
  }

  /// Sends what a request ended in, unless it was answered or cancelled before.
  private void answerOnce(Pending pending, Answer answer) {
    if (!pending.claimAnswer()) {
      return;
    }
    // Not a switch over the types: its bootstrap costs more than all else before the first reply.
    if (answer instanceof Answer.Result result) {
      result(pending.id(), result.body());
    } else if (answer instanceof Answer.Failure failure) {
      error(Optional.of(pending.id()), failure);
    } else {
      error(
          Optional.of(pending.id()),
          Answer.internal("This era cannot ask its client to come again."));
    }
  }

  private void result(RequestId id, JsonNode result) {
    boolean unused = wire.send(Frames.result(id, result));
  }

  private void error(Optional<RequestId> id, Answer.Failure failure) {
    boolean unused = wire.send(Frames.error(id, failure));
  }
}
