package io.github.kubewicket.server.transport;

import io.github.kubewicket.policy.Caller;
import io.github.kubewicket.server.protocol.Conversation;
import io.github.kubewicket.server.protocol.Dispatcher;
import io.github.kubewicket.server.protocol.Door;
import io.github.kubewicket.server.protocol.InFlight;
import io.github.kubewicket.server.protocol.Modern;
import io.github.kubewicket.server.protocol.RequestState;
import io.github.kubewicket.server.protocol.ServerInfo;
import io.github.kubewicket.server.protocol.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An MCP server on a pair of streams: one JSON-RPC message a line, revisions 2024-11-05 to
/// 2026-07-28. It ends at the end of input, when told to [#stop()], or when nobody reads its output
/// any more; what is in flight is finished first.
public final class StdioServer {
  /// The longest line that is read, in bytes. Longer ones are skipped and answered with an error.
  public static final int MAX_LINE_BYTES = 1 << 20;

  /// For calls to come to their end once they are interrupted.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final InFlight inFlight = new InFlight();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Lines lines;
  private final Conversation conversation;
  private final Duration drain;
  private volatile boolean inputBroken;

  /// A server that is not running yet.
  ///
  /// @param surface what can be reached; may become ready while the server runs, since `initialize`
  ///   does not wait for it
  /// @param caller who is on the other end
  /// @param info what the server says about itself
  /// @param states seals what clients of 2026-07-28 carry from one request to the next
  /// @param in read to its end, by this server alone
  /// @param out written by this server alone; not over a channel that an interrupt closes, since a
  ///   cancelled call may be writing
  /// @param drain how long calls in flight may go on once the server ends; then they are
  ///   interrupted
  public StdioServer(
      Future<? extends Surface> surface,
      Caller caller,
      ServerInfo info,
      RequestState states,
      InputStream in,
      OutputStream out,
      Duration drain) {
    Wire wire = new Wire(out, ended::countDown);
    Dispatcher dispatcher = new Dispatcher(surface);
    this.conversation =
        new Conversation(
            wire,
            inFlight,
            info,
            caller,
            dispatcher,
            new Modern(dispatcher, info, states),
            // Not virtual: SQLite waits for its lock in native code, which holds on to the carrier.
            () -> Thread.ofPlatform().daemon(),
            Door.OPEN);
    this.lines = new Lines(in, MAX_LINE_BYTES);
    this.drain = drain;
  }

  /// Serves until the end.
  ///
  /// @return the exit status: 0, also after [#stop()] and when the client is gone; 1 if the input
  ///   could not be read to its end
  public int run() throws InterruptedException {
    Thread.ofPlatform().daemon().name("stdin").start(this::read);
    ended.await();
    conversation.close();
    int left = inFlight.drain(drain);
    if (left > 0) {
      log()
          .warn("{} requests did not end within {} s and are interrupted", left, drain.toSeconds());
      inFlight.interruptAll();
      left = inFlight.drain(GRACE);
    }
    if (left > 0) {
      log().warn("{} requests did not end even so", left);
    }
    return inputBroken ? 1 : 0;
  }

  /// Stops taking requests in and lets [#run()] return when those in flight have ended. Once more:
  /// interrupts them. May be called from any thread.
  public void stop() {
    // The end of input does not count: who presses Ctrl-C often closes the input as well.
    if (stopped.getAndSet(true)) {
      inFlight.interruptAll();
    }
    ended.countDown();
  }

  /// Not a field: a logger takes longer to load than the first reply to make.
  private static Logger log() {
    return LoggerFactory.getLogger(StdioServer.class);
  }

  private void read() {
    try {
      new StdioGuard(conversation).readAll(lines);
    } catch (IOException e) {
      inputBroken = true;
      log().warn("Standard input could not be read: {}", e.getMessage());
    } finally {
      ended.countDown();
    }
  }
}
