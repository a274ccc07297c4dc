package io.github.kubewicket.server.http;

import io.github.kubewicket.policy.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Streams that stay open for what may come: bounded in number, kept alive, and ended in good order
/// before the server ends.
final class Streams {
  private final Admission admission;
  private final Duration beat;
  private final Map<EventStream, Runnable> open = new ConcurrentHashMap<>();

  Streams(Admission admission, Duration beat) {
    this.admission = admission;
    this.beat = beat;
  }

  /// A stream that nobody writes yet.
  EventStream open() {
    return new EventStream(beat);
  }

  /// Serves the stream of a session until it ends.
  void serve(HttpSession session, Caller caller, Reply reply)
      throws IOException, InterruptedException {
    EventStream stream = open();
    if (!session.attach(stream)) {
      reply.refuse(409, "This session has its stream already; close that one first.");
      return;
    }
    try {
      serve(stream, caller, stream::end, reply);
    } finally {
      session.detach(stream);
    }
  }

  /// Serves a stream until it ends.
  ///
  /// @param end ends it in good order
  void serve(EventStream stream, Caller caller, Runnable end, Reply reply)
      throws IOException, InterruptedException {
    if (!enter(caller, reply)) {
      return;
    }
    try {
      pump(stream, end, reply);
    } finally {
      leave(caller);
    }
  }

  /// Takes a stream in, if there is room; where there is none, that is the answer.
  boolean enter(Caller caller, Reply reply) throws IOException {
    if (admission.enter(caller.name())) {
      return true;
    }
    reply
        .header("Retry-After", "30")
        .refuse(
            admission.stopping() ? 503 : 429,
            "There are too many streams, or the server is stopping; try again later.");
    return false;
  }

  /// Lets a stream go that was taken in.
  void leave(Caller caller) {
    admission.leave(caller.name());
  }

  /// Serves a stream that was taken in until it ends.
  ///
  /// @param end ends it in good order
  void pump(EventStream stream, Runnable end, Reply reply)
      throws IOException, InterruptedException {
    open.put(stream, end);
    try {
      reply.stream();
      stream.pump(reply);
    } finally {
      open.remove(stream);
    }
  }

  /// How many are open.
  int count() {
    return admission.count();
  }

  /// Opens no more.
  void close() {
    admission.stop();
  }

  /// Opens no more, and ends those that are open.
  void stop() {
    close();
    open.values().forEach(Runnable::run);
  }

  /// Waits until all have ended.
  void awaitNone(Duration atMost) throws InterruptedException {
    int unused = admission.awaitEmpty(atMost);
  }
}
