package io.github.kubewicket.server.http;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Frames;
import io.github.kubewicket.server.protocol.Outbox;
import io.github.kubewicket.server.protocol.Pending;
import io.github.kubewicket.server.protocol.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The answer to one request of MCP: JSON, or events as soon as there is something to tell before
/// the answer. One thread works, another writes, so that a client that left is noticed while the
/// work goes on.
final class CallReply implements Outbox {
  private final LinkedBlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
  private final boolean mayStream;
  private final Duration beat;

  private sealed interface Item {}

  private record Told(ObjectNode message) implements Item {}

  private record Done(@Nullable Answer answer) implements Item {}

  /// A reply.
  ///
  /// @param mayStream whether the client takes events
  /// @param beat how often a client that waits gets a sign of life
  CallReply(boolean mayStream, Duration beat) {
    this.mayStream = mayStream;
    this.beat = beat;
  }

  @Override
  public boolean send(ObjectNode message) {
    // What is too much is dropped and the answer still comes: nothing told before it is owed.
    return mayStream && waiting.size() < EventStream.MAX_WAITING && waiting.add(new Told(message));
  }

  /// Hands the answer over.
  void done(Answer answer) {
    boolean unused = waiting.add(new Done(answer));
  }

  /// Ends without an answer: the request was cancelled.
  void cancelled() {
    boolean unused = waiting.add(new Done(null));
  }

  /// Writes until the answer is written, on the calling thread.
  ///
  /// @throws IOException when the client left, or does not read
  void pump(Pending pending, Reply reply) throws IOException, InterruptedException {
    for (; ; ) {
      Item item = waiting.poll(beat.toMillis(), TimeUnit.MILLISECONDS);
      switch (item) {
        case null -> {
          if (mayStream) {
            reply.event(": \n\n");
          }
        }
        case Told(ObjectNode message) -> reply.event(EventStream.frame(message));
        case Done(Answer answer) -> {
          finish(pending.id(), answer, reply);
          return;
        }
      }
    }
  }

  /// Writes an answer.
  static void finish(RequestId id, @Nullable Answer answer, Reply reply) throws IOException {
    switch (answer) {
      case null -> {
        // Nobody waits for it: cancelled by its own client. HTTP wants an end all the same.
        if (reply.streaming()) {
          reply.end();
        } else {
          reply.empty(202);
        }
      }
      case Answer.Result result -> whole(200, Frames.result(id, result.body()), reply);
      case Answer.Failure failure ->
          whole(failure.status(), Frames.error(Optional.of(id), failure), reply);
      case Answer.InputRequired _ ->
          whole(
              200,
              Frames.error(
                  Optional.of(id), Answer.internal("This era cannot ask a client to come again.")),
              reply);
    }
  }

  private static void whole(int status, ObjectNode frame, Reply reply) throws IOException {
    if (reply.streaming()) {
      reply.event(EventStream.frame(frame));
      reply.end();
    } else {
      reply.json(status, frame);
    }
  }
}
