package io.github.kubewicket.demo.control;

import java.time.Duration;

/// Steps the controllers five times a second on a virtual thread, until it is closed.
public final class Loop implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final Thread thread;

  /// Starts at once.
  public Loop(Controllers controllers) {
    this.thread = Thread.ofVirtual().name("demo-controllers").start(() -> run(controllers));
  }

  private static void run(Controllers controllers) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        controllers.step();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
