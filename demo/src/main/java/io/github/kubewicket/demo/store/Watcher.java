package io.github.kubewicket.demo.store;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A bounded queue of changes to one resource. Who does not keep up is cut off, so that a slow
/// reader costs no memory.
public final class Watcher implements AutoCloseable {
  private static final int CAPACITY = 1_000;

  private final Store store;
  private final String resource;
  private final String namespace;
  private final BlockingQueue<Change> queue = new ArrayBlockingQueue<>(CAPACITY);
  private volatile boolean cutOff;

  Watcher(Store store, String resource, String namespace) {
    this.store = store;
    this.resource = resource;
    this.namespace = namespace;
  }

  /// The next change, or null when none came in time.
  public @Nullable Change next(Duration patience) throws InterruptedException {
    return queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// True once changes have been lost, or the store has closed: the watch has to end.
  public boolean over() {
    return cutOff && queue.isEmpty();
  }

  @Override
  public void close() {
    store.forget(this);
  }

  void offer(Change change) {
    boolean mine =
        change.key().resource().equals(resource)
            && (namespace.isEmpty() || namespace.equals(change.key().namespace()));
    if (mine && !cutOff && !queue.offer(change)) {
      cutOff = true;
    }
  }

  void end() {
    cutOff = true;
  }
}
