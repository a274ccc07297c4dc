package io.github.kubewicket.server.transport;

import java.util.concurrent.atomic.AtomicReference;

/// One request from its admission to its end, on a thread of its own, so that an interrupt cannot
/// hit another request.
final class Pending {
  private enum State {
    OPEN,
    ANSWERED,
    CANCELLED
  }

  private final Message.Request request;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final Thread thread;

  /// A request that `work` will answer once it is started.
  Pending(Message.Request request, Work work) {
    this.request = request;
    // Not virtual: SQLite waits for its lock in native code, which holds on to the carrier thread.
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("request-" + request.method())
            .unstarted(() -> work.run(this));
  }

  /// What is done about a request.
  interface Work {
    /// Answers the request.
    void run(Pending pending);
  }

  /// Its id.
  RequestId id() {
    return request.id();
  }

  /// The request.
  Message.Request request() {
    return request;
  }

  /// What it counts for against the bound on bytes.
  int bytes() {
    return request.bytes();
  }

  /// Starts the work.
  void start() {
    thread.start();
  }

  /// Whether the client still waits.
  boolean isOpen() {
    return state.get() == State.OPEN;
  }

  /// Claims the one answer; false if it was given, or the client does not wait for it any more.
  boolean claimAnswer() {
    return state.compareAndSet(State.OPEN, State.ANSWERED);
  }

  /// Stops the work and keeps its answer back, unless it is given already.
  void cancel() {
    if (state.compareAndSet(State.OPEN, State.CANCELLED)) {
      thread.interrupt();
    }
  }

  /// Asks the work to come to its end; it may still answer.
  void interrupt() {
    thread.interrupt();
  }
}
