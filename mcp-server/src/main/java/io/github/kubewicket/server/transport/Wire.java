package io.github.kubewicket.server.transport;

import io.github.kubewicket.server.protocol.Json;
import io.github.kubewicket.server.protocol.Outbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
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
}
