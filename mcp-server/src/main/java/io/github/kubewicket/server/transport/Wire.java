package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.protocol.Answer;
import io.github.kubewicket.server.protocol.Frames;
import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Outbox;
import io.github.kubewicket.server.protocol.Pending;
import io.github.kubewicket.server.protocol.RequestId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The way out: whole frames, one a line, never interleaved. Once the other side is gone it is
/// silent.
final class Wire implements Outbox {
  private final OutputStream out;
  private final Runnable whenBroken;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean broken;

  /// Writes to `out`, which nothing else may write to; runs `whenBroken` once if that fails.
  Wire(OutputStream out, Runnable whenBroken) {
    this.out = out;
    this.whenBroken = whenBroken;
  }

  @Override
  public boolean send(ObjectNode message) {
    byte[] frame = (Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (!broken) {
        out.write(frame);
        out.flush();
      }
    } catch (IOException e) {
      broken = true;
      whenBroken.run();
    } finally {
      lock.unlock();
    }
    return !broken;
  }

  /// Sends a result.
  void result(RequestId id, JsonNode result) {
    boolean unused = send(Frames.result(id, result));
  }

  /// Sends an error.
  void error(Optional<RequestId> id, Answer.Failure failure) {
    boolean unused = send(Frames.error(id, failure));
  }

  /// Sends what a request ended in, unless it was answered or cancelled before.
  void answerOnce(Pending pending, Answer answer) {
    if (pending.claimAnswer()) {
      answer(pending.id(), answer);
    }
  }

  private void answer(RequestId id, Answer answer) {
    // Not a switch over the types: its bootstrap costs more than all else before the first reply.
    if (answer instanceof Answer.Result result) {
      result(id, result.body());
    } else if (answer instanceof Answer.Failure failure) {
      error(Optional.of(id), failure);
    } else {
      error(Optional.of(id), Answer.internal("This era cannot ask its client to repeat itself."));
    }
  }
}
