package io.github.kubewicket.server.resource;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription: however often something changes, its subscriber is told once, then not again
/// for a while. A subscriber that is slow holds up nobody but itself.
final class Notice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notice.class);

  /// How much longer than usual it waits before it asks again what could not be told.
  private static final int LATER = 5;

  private final Runnable changed;
  private final Check check;
  private final Runnable leave;
  private final Duration apart;
  private final Semaphore dirty = new Semaphore(0);
  private final CountDownLatch over = new CountDownLatch(1);

  /// Asked before the subscriber is told, on the subscription's own thread.
  interface Check {
    /// What is to be done about a change.
    Due due();
  }

  /// What is to be done about a change.
  enum Due {
    /// The subscriber is told.
    TELL,
    /// It is none of the subscriber's business.
    SKIP,
    /// It cannot be said now whether the subscriber may know.
    LATER,
    /// The subscriber may not know any more.
    END
  }

  /// @param leave called once, when it is closed
  /// @param apart how long there is silence after the subscriber was told
  Notice(Runnable changed, Check check, Runnable leave, Duration apart) {
    this.changed = changed;
    this.check = check;
    this.leave = leave;
    this.apart = apart;
  }

  /// Begins on a thread of its own.
  void start() {
    Thread.ofVirtual().name("notice").start(this::follow);
  }

  /// Something changed. Returns at once.
  void mark() {
    if (dirty.availablePermits() == 0) {
      dirty.release();
    }
  }

  @Override
  public void close() {
    boolean first;
    synchronized (over) {
      first = over.getCount() > 0;
      over.countDown();
    }
    if (first) {
      dirty.release();
      leave.run();
    }
  }

  private void follow() {
    try {
      Duration pause = Duration.ZERO;
      while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        dirty.acquire();
        var _ = dirty.drainPermits();
        pause = over.getCount() == 0 ? Duration.ZERO : handle();
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  /// @return for how long there is silence
  private Duration handle() {
    try {
      return switch (check.due()) {
        case TELL -> {
          if (over.getCount() > 0) {
            changed.run();
          }
          yield apart;
        }
        case SKIP -> apart;
        case LATER -> {
          mark();
          yield apart.multipliedBy(LATER);
        }
        case END -> {
          close();
          yield Duration.ZERO;
        }
      };
    } catch (RuntimeException e) {
      LOG.error("a subscriber could not be told", e);
      return apart;
    }
  }
}
