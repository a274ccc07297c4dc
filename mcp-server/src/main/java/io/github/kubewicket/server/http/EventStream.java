package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Server-sent events that go on until the client leaves or the server ends them. Messages wait in
/// a bounded queue for the one thread that writes, so that who sends never waits for who reads.
final class EventStream implements Outbox {
  /// Messages that may wait. A client that is that far behind is not reading.
  static final int MAX_WAITING = 256;

  /// Then the client has to come again, with a credential that is good then.
  private static final Duration LIFE = Duration.ofHours(1);

  private final LinkedBlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
  private final Duration beat;
  private volatile boolean closed;

  private sealed interface Item {}

  private record Event(String text) implements Item {}

  private record End(@Nullable ObjectNode last) implements Item {}

  /// A stream with a sign of life this often.
  EventStream(Duration beat) {
    this.beat = beat;
  }

  @Override
  public boolean send(ObjectNode message) {
    if (closed) {
      return false;
    }
    if (waiting.size() >= MAX_WAITING) {
      // Who does not read is cut off, and starts anew with what holds then.
      end();
      return false;
    }
    return waiting.add(new Event(frame(message)));
  }

  /// Sends an event of another name, whose data is one line.
  void announce(String name, String data) {
    boolean unused = waiting.add(new Event("event: " + name + "\ndata: " + data + "\n\n"));
  }

  /// Ends the stream after what waits.
  void end() {
    if (!closed) {
      closed = true;
      boolean unused = waiting.add(new End(null));
    }
  }

  /// Ends the stream with this message.
  void end(ObjectNode last) {
    if (!closed) {
      closed = true;
      boolean unused = waiting.add(new End(last));
    }
  }

  /// Writes what comes until the end, on the calling thread.
  ///
  /// @throws IOException when the client left, or does not read
  void pump(Reply reply) throws IOException, InterruptedException {
    long latest = System.nanoTime() + LIFE.toNanos();
    try {
      for (; ; ) {
        if (System.nanoTime() - latest > 0) {
          end();
        }
        Item item = waiting.poll(beat.toMillis(), TimeUnit.MILLISECONDS);
        switch (item) {
          case null -> reply.event(": \n\n");
          case Event(String text) -> reply.event(text);
          case End(ObjectNode last) -> {
            if (last != null) {
              reply.event(frame(last));
            }
            reply.end();
            return;
          }
        }
      }
    } finally {
      closed = true;
    }
  }

  /// One message as an event.
  static String frame(ObjectNode message) {
    return "event: message\ndata: " + Json.write(message) + "\n\n";
  }
}
