package io.github.kubewicket.server.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.github.kubewicket.policy.Reason;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The body of one answer, read as it arrives: a bounded buffer between the HTTP client and the
/// reader, a deadline, and an end at once when the reading thread is interrupted.
///
/// Failures are thrown as [ClusterException], so that a JSON parser in between hands them on as
/// they are.
final class BodyStream extends InputStream implements AsyncBody.Consumer<List<ByteBuffer>> {
  private static final int BUFFERS_AHEAD = 32;

  /// The mark of the end: the only empty buffer in the queue.
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final LinkedBlockingQueue<ByteBuffer> arrived = new LinkedBlockingQueue<>();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final Deadline deadline;
  private final String address;
  private volatile @Nullable AsyncBody source;
  private volatile @Nullable Throwable failure;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  BodyStream(Deadline deadline, String address) {
    this.deadline = deadline;
    this.address = address;
  }

  /// Begins to read.
  void start(AsyncBody body) {
    source = body;
    var unused =
        body.done()
            .whenComplete((nothing, thrown) -> {
              failure = thrown;
              arrived.add(END);
            });
    body.consume();
  }

  @Override
  public void consume(List<ByteBuffer> buffers, AsyncBody body) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        arrived.add(buffer);
      }
    }
    if (arrived.size() < BUFFERS_AHEAD) {
      body.consume();
    } else {
      paused.set(true);
    }
  }

  @Override
  public int read() {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }

  private boolean fill() {
    while (!ended && !current.hasRemaining()) {
      current = next();
      if (!current.hasRemaining()) {
        ended = true;
        Throwable thrown = failure;
        if (thrown != null) {
          throw Failures.of(thrown, address);
        }
      }
    }
    return !ended;
  }

  private ByteBuffer next() {
    ByteBuffer ready = arrived.poll();
    if (ready == null) {
      ready = await();
    }
    AsyncBody body = source;
    if (body != null && arrived.size() < BUFFERS_AHEAD / 4 && paused.compareAndSet(true, false)) {
      body.consume();
    }
    return ready;
  }

  private ByteBuffer await() {
    try {
      ByteBuffer ready = arrived.poll(deadline.millisLeft(), TimeUnit.MILLISECONDS);
      if (ready != null) {
        return ready;
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ClusterException(Reason.CANCELLED, "The call was cancelled.", "Call again.");
    }
    close();
    throw Failures.tooSlow(address);
  }

  /// Stops reading; what has not arrived never will.
  @Override
  public void close() {
    AsyncBody body = source;
    if (body != null && !ended) {
      body.cancel();
    }
  }
}
