package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.InFlight;
import io.github.kubewicket.server.protocol.Message;
import io.github.kubewicket.server.protocol.Outbox;
import io.github.kubewicket.server.protocol.Pending;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Requests of MCP from admission to answer: bounded in number, cancelled when the client leaves,
/// and finished before the server ends.
final class Requests {
  private final Admission admission;
  private final Scopes scopes;
  private final Duration beat;
  private final Set<Pending> working = ConcurrentHashMap.newKeySet();

  /// What is done about a request.
  interface Work {
    /// The answer; what is told before it goes the given way.
    Answer answer(Pending pending, Outbox way);
  }

  Requests(Admission admission, Scopes scopes, Duration beat) {
    this.admission = admission;
    this.scopes = scopes;
    this.beat = beat;
  }

  /// Answers a request.
  ///
  /// @param session the requests of its session, where it has one: ids are a session's own
  void answer(
      Message.Request request,
      Incoming incoming,
      Reply reply,
      Optional<InFlight> session,
      Work work)
      throws IOException, InterruptedException {
    Optional<String> challenge = scopes.missing(incoming.caller(), request);
    if (challenge.isPresent()) {
      reply
          .header("WWW-Authenticate", challenge.get())
          .failure(
              Optional.of(request.id()),
              new Answer.Failure(
                  403, Answer.INVALID_REQUEST, "The credential's scopes do not allow this call."));
      return;
    }
    String caller = incoming.caller().name();
    if (!admission.enter(caller)) {
      full(request, reply);
      return;
    }
    try {
      if (Dispatcher.isQuick(request.method())) {
        Pending here = new Pending(request, Thread.ofVirtual(), _ -> {});
        CallReply.finish(request.id(), work.answer(here, Outbox.NOWHERE), reply);
      } else {
        onItsOwnThread(request, incoming, reply, session, work);
      }
    } finally {
      admission.leave(caller);
    }
  }

  /// Interrupts all that is under way; it may still answer.
  void interruptAll() {
    working.forEach(Pending::interrupt);
  }

  private void onItsOwnThread(
      Message.Request request,
      Incoming incoming,
      Reply reply,
      Optional<InFlight> session,
      Work work)
      throws IOException, InterruptedException {
    CallReply call = new CallReply(incoming.accepts("text/event-stream"), beat);
    Pending pending =
        new Pending(request, Thread.ofVirtual(), self -> run(self, call, session, work));
    InFlight.Admission admitted =
        session.map(inFlight -> inFlight.admit(pending)).orElse(InFlight.Admission.ADMITTED);
    if (admitted == InFlight.Admission.DUPLICATE) {
      reply.failure(
          Optional.of(request.id()),
          new Answer.Failure(
              400, Answer.INVALID_REQUEST, "Invalid Request: this id is in flight already."));
      return;
    }
    if (admitted != InFlight.Admission.ADMITTED) {
      full(request, reply);
      return;
    }
    working.add(pending);
    try {
      // Work takes as long as it takes; the heartbeat, not silence, tells that a client left.
      incoming.request().addIdleTimeoutListener(_ -> false);
      incoming.request().addFailureListener(_ -> pending.cancel());
      pending.start();
      call.pump(pending, reply);
    } finally {
      // No effect once answered; else the client left, or was cut off.
      pending.cancel();
      working.remove(pending);
    }
  }

  /// Lets go of the id before the answer is handed over: a client may use it again as soon as it
  /// has read that.
  private static void run(Pending pending, CallReply call, Optional<InFlight> session, Work work) {
    Answer answer = Answer.internal("The request failed inside the server.");
    try {
      answer = work.answer(pending, call);
    } finally {
      session.ifPresent(inFlight -> inFlight.ended(pending));
      if (pending.claimAnswer()) {
        call.done(answer);
      } else {
        call.cancelled();
      }
    }
  }

  private void full(Message.Request request, Reply reply) throws IOException {
    boolean stopping = admission.stopping();
    reply
        .header("Retry-After", stopping ? "5" : "1")
        .failure(
            Optional.of(request.id()),
            new Answer.Failure(
                stopping ? 503 : 429,
                Answer.INTERNAL_ERROR,
                stopping
                    ? "The server is stopping; call again."
                    : "Too many calls are under way; wait for one to end."));
  }
}
