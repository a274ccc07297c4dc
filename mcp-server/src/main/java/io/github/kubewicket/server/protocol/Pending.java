package io.github.kubewicket.server.protocol;

import java.util.concurrent.atomic.AtomicReference;

/// One request from its admission to its end, on a thread of its own, so that an interrupt cannot
/// hit another request.
public final class Pending {
  private enum State {
    OPEN,
    ANSWERED,
    CANCELLED
  }

  private final Message.Request request;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final Thread thread;

  /// A request that `work` will answer once it is started, on a thread of this kind.
  public Pending(Message.Request request, Thread.Builder threads, Work work) {
    this.request = request;
    this.thread = threads.name("request-" + request.method()).unstarted(() -> work.run(this));
  }

  /// What is done about a request.
  public interface Work {
    /// Answers the request.
    void run(Pending pending);
  }

  /// Its id.
  public RequestId id() {
    return request.id();
  }

  /// The request.
  public Message.Request request() {
    return request;
  }

  /// What it counts for against the bound on bytes.
  public int bytes() {
    return request.bytes();
  }

  /// Starts the work.
  public void start() {
    thread.start();
  }

  /// Whether the client still waits.
  public boolean isOpen() {
    return state.get() == State.OPEN;
  }

  /// Claims the one answer; false if it was given, or the client does not wait for it any more.
  public boolean claimAnswer() {
    return state.compareAndSet(State.OPEN, State.ANSWERED);
  }

  /// Stops the work and keeps its answer back, unless it is given already.
  public void cancel() {
    if (state.compareAndSet(State.OPEN, State.CANCELLED)) {
      thread.interrupt();
    }
  }

  /// Asks the work to come to its end; it may still answer.
  public void interrupt() {
    thread.interrupt();
  }
}
