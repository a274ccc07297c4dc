package io.github.kubewicket.server.protocol;

import io.github.kubewicket.policy.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A client that began with `initialize`: what was agreed, what it watches, and what it was asked.
/// It belongs to one caller.
public final class ClientSession implements AutoCloseable {
  /// How long a client may take to answer a question; people are slow.
  private static final int ANSWER_MINUTES = 5;

  /// Resources that one session may watch.
  private static final int MAX_WATCHED = 20;

  private final Caller caller;
  private final Greeting greeting;
  private final Dispatcher dispatcher;
  private final Outbox outbox;
  private final InFlight inFlight = new InFlight();
  private final Map<RequestId, CompletableFuture<ObjectNode>> asked = new ConcurrentHashMap<>();
  private final Map<String, AutoCloseable> watched = new HashMap<>();
  private final AtomicLong questions = new AtomicLong();
  private volatile int logLevel = LogLevel.of("info");
  private boolean closed;

  /// A session of this caller.
  ///
  /// @param outbox where what belongs to no request goes
  public ClientSession(Caller caller, Greeting greeting, Dispatcher dispatcher, Outbox outbox) {
    this.caller = caller;
    this.greeting = greeting;
    this.dispatcher = dispatcher;
    this.outbox = outbox;
  }

  /// Whose session it is.
  public Caller caller() {
    return caller;
  }

  /// What was agreed.
  public Greeting greeting() {
    return greeting;
  }

  /// Its requests under way.
  public InFlight inFlight() {
    return inFlight;
  }

  /// Begins to tell of changes in the lists; once, after `notifications/initialized`.
  public void watchLists() {
    try {
      keep(
          "",
          dispatcher
              .ready()
              .watch(
                  caller,
                  listing ->
                      outbox.send(
                          Frames.notification(
                              listing.changed(), JsonNodeFactory.instance.objectNode()))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // Nothing to watch; whoever asks for a list is told why.
      return;
    }
  }

  /// Answers one of its requests, on the calling thread.
  ///
  /// @param caller who asks now: the same name, but perhaps with another credential
  /// @param way where notifications and questions that belong to this request go
  public Answer answer(Pending pending, Caller caller, Outbox way) {
    Message.Request request = pending.request();
    return switch (request.method()) {
      case "ping" -> Answer.empty();
      case "logging/setLevel" -> level(request.params());
      case "resources/subscribe" -> subscribe(request.params());
      case "resources/unsubscribe" -> unsubscribe(request.params());
      default ->
          dispatcher.answer(
              request.method(), request.params(), new SessionExchange(this, caller, pending, way));
    };
  }

  /// Takes a notification in.
  public void notified(Message.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      RequestId.of(notification.params().path("requestId"))
          .flatMap(inFlight::find)
          .ifPresent(Pending::cancel);
    }
    // The others tell of changes on the client's side that nothing here depends on.
  }

  /// Takes the client's answer to a question in; one that nobody waits for is dropped.
  public void replied(Message.Response response) {
    CompletableFuture<ObjectNode> waiting = asked.remove(response.id());
    if (waiting != null) {
      waiting.complete(response.body());
    }
  }

  boolean declares(String capability) {
    return greeting.capabilities().path(capability).isObject();
  }

  boolean wants(String level) {
    return LogLevel.of(level) >= logLevel;
  }

  /// Asks the client one question and waits for the answer.
  JsonNode ask(Question question, Outbox way) throws InterruptedException {
    RequestId id = new RequestId("ask-" + questions.incrementAndGet());
    CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    try {
      if (!way.send(Frames.request(id, question.method(), question.params()))) {
        throw new CannotAsk(question.capability(), "There is no stream to ask the client on.");
      }
      JsonNode result = answer.get(ANSWER_MINUTES, TimeUnit.MINUTES).path("result");
      if (!result.isObject()) {
        throw new CannotAsk(question.capability(), "The client refused to answer.");
      }
      return result;
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      throw new CannotAsk(question.capability(), "The client did not answer in time.");
    } finally {
      asked.remove(id);
    }
  }

  @Override
  public void close() {
    List<AutoCloseable> ended;
    synchronized (watched) {
      closed = true;
      ended = List.copyOf(watched.values());
      watched.clear();
    }
    ended.forEach(Watches::end);
    inFlight.cancelAll();
    asked.values().forEach(waiting -> waiting.cancel(false));
  }

  private Answer level(ObjectNode params) {
    int level = LogLevel.of(params.path("level").asString(""));
    if (!logs() || level < 0) {
      return logs()
          ? Answer.badParams("\"level\" has to be one of debug to emergency.")
          : Answer.noSuchMethod();
    }
    logLevel = level;
    return Answer.empty();
  }

  /// Only a server that said it logs can be told how much.
  private boolean logs() {
    return greeting.reply().path("capabilities").has("logging");
  }

  private Answer subscribe(ObjectNode params) {
    String uri = params.path("uri").asString("");
    if (uri.isEmpty()) {
      return Answer.badParams("\"uri\" has to be the URI of a resource.");
    }
    synchronized (watched) {
      if (watched.containsKey(uri)) {
        return Answer.empty();
      }
      if (watched.size() >= MAX_WATCHED) {
        return Answer.badParams(
            "This session watches " + MAX_WATCHED + " resources already; end one first.");
      }
    }
    try {
      Optional<AutoCloseable> watch =
          dispatcher.ready().subscribe(caller, uri, () -> outbox.send(Watches.updated(uri)));
      if (watch.isEmpty()) {
        return new Answer.Failure(
            200,
            Answer.INVALID_PARAMS,
            "There is no such resource to watch, or no room for another watch.",
            Optional.of(JsonNodeFactory.instance.objectNode().put("uri", uri)));
      }
      keep(uri, watch.get());
      return Answer.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.internal("The request was stopped.");
    } catch (ExecutionException e) {
      return Answer.internal("The server could not make its tools ready.");
    }
  }

  private Answer unsubscribe(ObjectNode params) {
    AutoCloseable watch;
    synchronized (watched) {
      watch = watched.remove(params.path("uri").asString(""));
    }
    if (watch != null) {
      Watches.end(watch);
    }
    return Answer.empty();
  }

  private void keep(String uri, AutoCloseable watch) {
    AutoCloseable superfluous;
    synchronized (watched) {
      superfluous = closed ? watch : watched.put(uri, watch);
    }
    if (superfluous != null) {
      Watches.end(superfluous);
    }
  }
}
