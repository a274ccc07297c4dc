package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.Conversation;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.InFlight;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Message;
import io.github.kubewicket.server.protocol.Modern;
import io.github.kubewicket.server.protocol.ServerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import tools.jackson.core.JacksonException;

/// `/sse` and `/message`: HTTP+SSE of 2024-11-05, for clients that know nothing newer. The stream
/// is the session; messages are posted beside it, and answered on it.
final class SseEndpoint {
  private final ServerInfo info;
  private final Dispatcher dispatcher;
  private final Modern modern;
  private final Streams streams;
  private final Scopes scopes;
  private final Admission admission;
  private final ByteBudget bytes;
  private final RandomGenerator random;
  private final Map<String, Session> byId = new ConcurrentHashMap<>();

  private record Session(Caller caller, Conversation conversation, InFlight inFlight) {}

  SseEndpoint(
      ServerInfo info,
      Dispatcher dispatcher,
      Modern modern,
      Streams streams,
      Scopes scopes,
      Admission admission,
      ByteBudget bytes,
      RandomGenerator random) {
    this.info = info;
    this.dispatcher = dispatcher;
    this.modern = modern;
    this.streams = streams;
    this.scopes = scopes;
    this.admission = admission;
    this.bytes = bytes;
    this.random = random;
  }

  /// Opens the stream: `GET /sse`.
  void open(Incoming incoming, Reply reply) throws IOException, InterruptedException {
    if (!incoming.request().getMethod().equals("GET")) {
      // Clients try the newer transport here first, and take 405 for a no.
      reply.header("Allow", "GET").refuse(405, "Open the stream with GET, or POST to /mcp.");
      return;
    }
    if (!incoming.accepts("text/event-stream")) {
      reply.refuse(406, "The client has to accept text/event-stream.");
      return;
    }
    EventStream stream = streams.open();
    InFlight inFlight = new InFlight();
    Conversation conversation =
        new Conversation(
            stream,
            inFlight,
            info,
            incoming.caller(),
            dispatcher,
            modern,
            Thread::ofVirtual,
            admission.door(incoming.caller().name()));
    String id = SessionIds.next(random);
    byId.put(id, new Session(incoming.caller(), conversation, inFlight));
    try {
      stream.announce("endpoint", "/message?sessionId=" + id);
      streams.serve(stream, incoming.caller(), stream::end, reply);
    } finally {
      byId.remove(id);
      conversation.close();
      // Nobody is left to hear an answer; a change under way goes on to its end all the same.
      inFlight.cancelAll();
    }
  }

  /// Takes a message in: `POST /message?sessionId=…`.
  void message(Incoming incoming, Reply reply) throws IOException {
    if (!incoming.request().getMethod().equals("POST")) {
      reply.header("Allow", "POST").refuse(405, "Use POST.");
      return;
    }
    if (!incoming.isJson()) {
      reply.refuse(415, "The Content-Type has to be application/json.");
      return;
    }
    Fields query = Request.extractQueryParameters(incoming.request());
    Optional<Session> session =
        Optional.ofNullable(query.getValue("sessionId"))
            .map(byId::get)
            .filter(found -> found.caller().name().equals(incoming.caller().name()));
    if (session.isEmpty()) {
      reply.refuse(404, "There is no such session; open its stream with GET /sse.");
      return;
    }
    try (ByteBudget.Held held = bytes.hold(incoming.caller().name())) {
      take(incoming, Body.of(incoming.request(), held::upTo), session.get(), reply);
    }
  }

  private void take(Incoming incoming, Body body, Session session, Reply reply) throws IOException {
    switch (body) {
      case Body.Unusable(int status, String message) -> reply.refuse(status, message);
      case Body.Text(String text) -> {
        Optional<String> challenge = missing(incoming.caller(), text);
        if (challenge.isPresent()) {
          reply
              .header("WWW-Authenticate", challenge.get())
              .refuse(403, "The credential's scopes do not allow this call.");
          return;
        }
        Conversation conversation = session.conversation();
        synchronized (conversation) {
          conversation.take(text, incoming.caller());
        }
        reply.empty(202);
      }
    }
  }

  /// Interrupts all that is under way; it may still answer.
  void interruptAll() {
    byId.values().forEach(session -> session.inFlight().interruptAll());
  }

  /// Takes no more requests in, and waits until none is under way in any session.
  ///
  /// @param atMost for all of them together
  void drain(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    List<InFlight> all = byId.values().stream().map(Session::inFlight).toList();
    for (InFlight each : all) {
      int unused = each.drain(Duration.ZERO);
    }
    for (InFlight each : all) {
      if (each.drain(Duration.ofNanos(end - System.nanoTime())) > 0) {
        each.interruptAll();
      }
    }
  }

  private Optional<String> missing(Caller caller, String text) {
    try {
      return Message.of(Json.read(text), text.length()) instanceof Message.Request request
          ? scopes.missing(caller, request)
          : Optional.empty();
    } catch (JacksonException e) {
      // The conversation says so on the stream.
      return Optional.empty();
    }
  }
}
