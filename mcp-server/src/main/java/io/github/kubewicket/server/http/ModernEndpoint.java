package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Listening;
import io.github.kubewicket.server.protocol.Message;
import io.github.kubewicket.server.protocol.Modern;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Requests of 2026-07-28 over HTTP: no session, and headers that repeat the body.
final class ModernEndpoint {
  private final Modern modern;
  private final Requests requests;
  private final Streams streams;

  ModernEndpoint(Modern modern, Requests requests, Streams streams) {
    this.modern = modern;
    this.requests = requests;
    this.streams = streams;
  }

  /// Answers one request.
  void handle(Message.Request request, Incoming incoming, Reply reply)
      throws IOException, InterruptedException {
    Optional<Answer.Failure> wrong =
        modern
            .wrong(request, Optional.of(incoming))
            .or(() -> modern.wrongArguments(request, incoming.caller(), incoming));
    if (wrong.isPresent()) {
      reply.failure(Optional.of(request.id()), wrong.get());
    } else if (request.method().equals("subscriptions/listen")) {
      listen(request, incoming, reply);
    } else {
      requests.answer(
          request,
          incoming,
          reply,
          Optional.empty(),
          (pending, way) -> modern.answer(pending, incoming.caller(), way));
    }
  }

  private void listen(Message.Request request, Incoming incoming, Reply reply)
      throws IOException, InterruptedException {
    if (!incoming.accepts("text/event-stream")) {
      reply.failure(
          Optional.of(request.id()),
          new Answer.Failure(
              406, Answer.INVALID_REQUEST, "The client has to accept text/event-stream."));
      return;
    }
    // Before anything is watched for it.
    if (!streams.enter(incoming.caller(), reply)) {
      return;
    }
    EventStream stream = streams.open();
    try (Listening listening = Listening.begin(request, incoming.caller(), stream, modern)) {
      streams.pump(stream, () -> stream.end(listening.end()), reply);
    } catch (ExecutionException e) {
      reply.failure(
          Optional.of(request.id()),
          Answer.internal(
              "The server could not make its tools ready; its log on stderr says why."));
    } finally {
      streams.leave(incoming.caller());
    }
  }
}
